// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding;

/** The files that hold the calls of Windows; a test may put another in their place. */
public record WindowsLibraries(
    String iphlpapi, String kernel32, String ntdll, String user32, String advapi32) {

  /** Those of Windows itself, which it looks for in its own folder first. */
  public static final WindowsLibraries SYSTEM =
      new WindowsLibraries("iphlpapi", "kernel32", "ntdll", "user32", "advapi32");
}
