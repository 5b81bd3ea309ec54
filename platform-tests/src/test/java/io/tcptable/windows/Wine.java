// SPDX-License-Identifier: Apache-2.0
package io.tcptable.windows;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs Windows programs in a Wine of this build's own. */
public final class Wine {

  private static final Path PROGRAMS =
      Path.of("../native/target/windows").toAbsolutePath().normalize();

  /** Another Wine than the usual one has a directory of its own, see {@code wine10.sh}. */
  private static final Path HOME =
      Path.of("target", System.getProperty("tcptable.test.wine", "wine")).toAbsolutePath();

  private static final int SECONDS_IDLE = 60;
  private static final int FIRST_WITH_OWNERS = 10;

  private static boolean started;

  private Wine() {}

  /** The path of one of the programs that the native module has built. */
  public static Path program(String name) {
    Path program = PROGRAMS.resolve(name);
    if (!Files.exists(program)) {
      throw new AssertionError(
          program + " is missing: it takes gcc-mingw-w64-x86-64 and a build of the native module");
    }
    return program;
  }

  /** What Windows programs call a file. */
  static String path(Path file) {
    return "Z:" + file.toString().replace('/', '\\');
  }

  /** What is drive C there. */
  static Path driveC() {
    prepare();
    return HOME.resolve("drive_c");
  }

  /** Version 8 does not, nor those of a Java program's listeners; version 10 does. */
  static boolean namesOwnersOfIpv6() throws IOException {
    Process version = start(new ProcessBuilder("wine", "--version"));
    try (BufferedReader said = version.inputReader(StandardCharsets.US_ASCII)) {
      String line = String.valueOf(said.readLine());
      Matcher number = Pattern.compile("wine-(\\d+)").matcher(line);
      assertThat(number.find()).as(line).isTrue();
      return Integer.parseInt(number.group(1)) >= FIRST_WITH_OWNERS;
    }
  }

  /** Starts a Windows program; it is for the caller to end it. */
  public static Process start(String program, String... arguments) {
    prepare();
    List<String> command = new ArrayList<>(List.of("wine", program(program).toString()));
    command.addAll(Arrays.asList(arguments));
    return start(new ProcessBuilder(command));
  }

  /** Adds what makes a program that somebody else starts run in this Wine. */
  public static Map<String, String> environment() {
    prepare();
    return Map.of(
        "WINEPREFIX",
        HOME.toString(),
        "WINEDEBUG",
        "-all",
        // Neither .NET nor a browser, for which it would ask in a window.
        "WINEDLLOVERRIDES",
        "mscoree,mshtml=",
        "DISPLAY",
        "",
        "LD_PRELOAD",
        program("wine-reuseport.so").toString());
  }

  /** Once, for all JVMs of this build that come to need it. */
  private static synchronized void prepare() {
    if (started) {
      return;
    }
    started = true;
    try {
      Files.createDirectories(HOME);
      try (FileChannel file = FileChannel.open(HOME.resolve("lock"), CREATE, WRITE);
          FileLock lock = file.lock()) {
        Path prepared = HOME.resolve("prepared");
        if (lock.isValid() && !Files.exists(prepared)) {
          make();
          Files.createFile(prepared);
        }
        // It takes seconds to start, and leaves by itself this long after the last program.
        run("wineserver", "-p" + SECONDS_IDLE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void make() {
    run("wineboot", "--init");
    // Windows that nobody sees, instead of none; from the next start on.
    run(
        "wine",
        "reg",
        "add",
        "HKCU\\Software\\Wine\\Drivers",
        "/v",
        "Graphics",
        "/d",
        "null",
        "/f");
    run("wineserver", "-k");
    run("wineserver", "-w");
  }

  private static void run(String... command) {
    try {
      start(
              new ProcessBuilder(command)
                  .redirectOutput(Redirect.DISCARD)
                  .redirectError(Redirect.DISCARD))
          .waitFor();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Process start(ProcessBuilder builder) {
    builder.environment().putAll(environment());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new AssertionError("this test needs the packages wine and wine64", e);
    }
  }
}
