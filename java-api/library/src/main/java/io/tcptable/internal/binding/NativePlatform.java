// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this JVM was built for, as the folders in {@code tcptable-native} are named. */
final class NativePlatform {

  private NativePlatform() {}

  /** Such as {@code linux-x86_64}, {@code linux-aarch64-musl} or {@code windows-x86_64}. */
  static String name() {
    String architecture = System.getProperty("os.arch", "");
    return (isWindows() ? "windows-" : "linux-")
        + (architecture.equals("amd64") ? "x86_64" : architecture)
        + (isMusl() ? "-musl" : "");
  }

  /** The name of the library's file. */
  static String library() {
    return isWindows() ? "tcptable.dll" : "libtcptable.so";
  }

  private static boolean isWindows() {
    return System.getProperty("os.name", "").startsWith("Windows");
  }

  /** Whether the C library in use is musl, which is also the name of its loader. */
  private static boolean isMusl() {
    try (Stream<String> mapped = Files.lines(Path.of("/proc/self/maps"))) {
      return mapped.anyMatch(line -> line.contains("/ld-musl-"));
    } catch (IOException e) {
      return false;
    }
  }
}
