// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import java.util.ArrayList;
import java.util.List;

/**
 * A network namespace whose hash table of connections is small. The kernel goes through all of the
 * table for each answer, and that of a machine may have a million places. A kernel before Linux 6.2
 * has no such setting, and takes its time.
 */
public final class SmallNetwork {

  /** A namespace gets the size that the one it is made in says: so there are two. */
  private static final String UNSHARE =
      "echo 16384 2>&- > /proc/sys/net/ipv4/tcp_child_ehash_entries; exec unshare --net \"$@\"";

  private SmallNetwork() {}

  /**
   * What a command begins with that is to run there.
   *
   * @param options of {@code unshare(1)}, for namespaces of other kinds
   */
  public static List<String> unshare(String... options) {
    List<String> command = new ArrayList<>(List.of("unshare", "--net", "sh", "-c", UNSHARE, "sh"));
    command.addAll(List.of(options));
    return command;
  }
}
