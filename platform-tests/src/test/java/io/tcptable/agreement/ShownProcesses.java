// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import java.util.List;

/**
 * Where every user sees that each process of this machine is there, for tests of what they see: the
 * machine itself may hide them, see {@code hidepid} in {@code proc(5)}. Mounts are private.
 */
public final class ShownProcesses {

  private ShownProcesses() {}

  /** What a command begins with that is to run there; as root. */
  public static List<String> prefix() {
    return List.of(
        "unshare", "--mount", "sh", "-c", "mount -t proc proc /proc && exec \"$@\"", "sh");
  }
}
