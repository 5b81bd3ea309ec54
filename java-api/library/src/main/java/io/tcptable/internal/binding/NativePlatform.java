// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding;

/**
 * An operating system that {@code tcptable-native} holds libraries for. The class that makes the
 * calls of a system names it, so that nothing here asks which system this is.
 */
public enum NativePlatform {
  LINUX("linux", "libtcptable.so"),
  WINDOWS("windows", "tcptable.dll");

  private final String prefix;
  private final String library;

  NativePlatform(String prefix, String library) {
    this.prefix = prefix;
    this.library = library;
  }

  /** The name of the library's file. */
  String library() {
    return library;
  }

  /** The folder of the library that this JVM can load, such as {@code linux-x86_64}. */
  String folder() {
    String architecture = System.getProperty("os.arch", "");
    return prefix + "-" + (architecture.equals("amd64") ? "x86_64" : architecture);
  }
}
