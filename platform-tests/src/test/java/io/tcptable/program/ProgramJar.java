// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The jar of the program, where every user may read it. */
public final class ProgramJar {

  private static final Path JAR = copy();

  private ProgramJar() {}

  public static Path path() {
    return JAR;
  }

  /** Runs it with the Java of this test. */
  public static List<String> command(String... arguments) {
    return command(List.of(), arguments);
  }

  /** Runs it with options for Java too. */
  public static List<String> command(List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As the launcher does.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Path copy() {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(
            Path.of("..", "java-api", "program", "target"), "tcptable-program-*-all.jar")) {
      Path folder = Files.createTempDirectory("tcptable-program");
      Path copy = Files.copy(jars.iterator().next(), folder.resolve("tcptable.jar"));
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
      deleteAtExit(folder.toFile());
      deleteAtExit(copy.toFile());
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteAtExit(File file) {
    file.deleteOnExit();
  }
}
