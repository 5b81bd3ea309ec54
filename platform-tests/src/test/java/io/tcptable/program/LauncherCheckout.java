// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A checkout that is built already, for tests of its script {@code tcptable}. */
public final class LauncherCheckout {

  private static final Path HERE = Path.of("..");
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private final Path folder;
  private final Path jar;

  private LauncherCheckout(Path folder, Path jar) {
    this.folder = folder;
    this.jar = jar;
  }

  /** In a new folder that other users can read. */
  public static LauncherCheckout in(Path temporary, String name) throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path folder = temporary.resolve(name);
    Path target = folder.resolve("java-api/program/target");
    for (String empty :
        List.of("java-api/library/src/main", "java-api/program/src/main", "native")) {
      Files.createDirectories(folder.resolve(empty));
    }
    for (String file :
        List.of("tcptable", "pom.xml", "java-api/library/pom.xml", "java-api/program/pom.xml")) {
      Files.copy(HERE.resolve(file), folder.resolve(file));
    }
    for (String script : List.of("build/sh/machine.sh", "main/sh/java.sh", "main/sh/start.sh")) {
      Path copy = folder.resolve("java-api/program/src").resolve(script);
      Files.createDirectories(copy.getParent());
      Files.copy(HERE.resolve("java-api/program/src").resolve(script), copy);
    }
    Files.createDirectories(target);
    Path jar = Files.copy(ProgramJar.path(), target.resolve("tcptable-program-0-all.jar"));
    Files.createFile(target.resolve("built"));
    Instant past = Instant.now().minusSeconds(60);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.setLastModifiedTime(file, FileTime.from(past));
      }
    }
    Files.setLastModifiedTime(target.resolve("built"), FileTime.from(Instant.now()));
    return new LauncherCheckout(folder, jar);
  }

  Path script() {
    return folder.resolve("tcptable");
  }

  Path jar() {
    return jar;
  }

  /** Where the build puts what it makes, and the launcher what it keeps. */
  Path target() {
    return folder.resolve("java-api/program/target");
  }

  /** Where it keeps what makes a start quicker. */
  Path start() {
    return jar.resolveSibling("start");
  }

  /** As if it had never been started: removes what the launcher keeps. */
  void forget() throws IOException {
    for (Path kept : List.of(start(), target().resolve("java"))) {
      if (Files.isDirectory(kept, LinkOption.NOFOLLOW_LINKS)) {
        try (Stream<Path> files = Files.list(kept)) {
          for (Path file : (Iterable<Path>) files::iterator) {
            Files.delete(file);
          }
        }
      }
      Files.deleteIfExists(kept);
    }
  }

  Path cache() throws IOException {
    try (Stream<Path> files = Files.list(start())) {
      List<Path> caches = files.filter(file -> !file.toString().endsWith(".sum")).toList();
      assertThat(caches).hasSize(1);
      return caches.get(0);
    }
  }

  /** The script with the Java of this test. */
  public List<String> command(String... arguments) {
    return Stream.concat(
            Stream.of("env", "TCPTABLE_JAVA=" + JAVA, script().toString()),
            Arrays.stream(arguments))
        .toList();
  }

  Run run(String... arguments) {
    return Run.of(command(arguments));
  }

  /** Runs a shell command that has the script as {@code $1}, and {@link #target} as {@code $2}. */
  Run shell(String command) {
    return Run.of(shellCommand(command));
  }

  List<String> shellCommand(String command) {
    return List.of(
        "env",
        "TCPTABLE_JAVA=" + JAVA,
        "sh",
        "-c",
        command,
        "sh",
        script().toString(),
        target().toString());
  }
}
