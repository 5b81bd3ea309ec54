// SPDX-License-Identifier: Apache-2.0
package io.tcptable.windows;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Runs Windows programs in a Wine of this build's own. */
public final class Wine {

  private static final Path PROGRAMS =
      Path.of("../native/target/windows").toAbsolutePath().normalize();
  private static final Path HOME = Path.of("target/wine").toAbsolutePath();

  private static final int SECONDS_IDLE = 60;

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
      start(new ProcessBuilder(command).redirectOutput(Redirect.DISCARD)).waitFor();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Process start(ProcessBuilder builder) {
    builder.environment().putAll(environment());
    try {
      return builder.redirectError(Redirect.to(new File("/dev/null"))).start();
    } catch (IOException e) {
      throw new AssertionError("this test needs the packages wine and wine64", e);
    }
  }
}
