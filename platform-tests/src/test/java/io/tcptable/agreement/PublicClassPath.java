// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A copy of a class path that every user may read; gone when this JVM ends. */
public final class PublicClassPath {

  private static final Map<String, String> COPIES = new HashMap<>();

  private PublicClassPath() {}

  public static synchronized String of(String classPath) {
    return COPIES.computeIfAbsent(classPath, PublicClassPath::copy);
  }

  private static String copy(String classPath) {
    try {
      Path to = Files.createTempDirectory("tcptable-class-path");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(to)));
      makePublic(to);
      List<String> copies = new ArrayList<>();
      for (String part : classPath.split(File.pathSeparator, -1)) {
        if (part.isEmpty()) {
          // The working directory, with all that tests have left there.
          continue;
        }
        Path copy = to.resolve(Integer.toString(copies.size()) + "-" + Path.of(part).getFileName());
        copy(Path.of(part), copy);
        copies.add(copy.toString());
      }
      return String.join(File.pathSeparator, copies);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    if (!Files.exists(from)) {
      return;
    }
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.copy(file, copy);
        makePublic(copy);
      }
    }
  }

  private static void makePublic(Path path) throws IOException {
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
