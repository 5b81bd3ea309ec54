// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcText;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * The addresses of a network namespace, by the routing tables of a process in it: {@code
 * /proc/PID/net/fib_trie} and {@code if_inet6}.
 */
final class NamespaceAddresses {

  private static final String LEAF = "|-- ";
  private static final String LOCAL = "host LOCAL";

  private NamespaceAddresses() {}

  /**
   * Whether the namespace of a process has an address.
   *
   * @param process its directory in {@code /proc}
   */
  static boolean include(InetAddress address, Path process) {
    return address instanceof Inet4Address
        ? hasLocal(ProcFile.textIfKnown(process.resolve("net/fib_trie")), address.getHostAddress())
        : hasV6(ProcFile.textIfKnown(process.resolve("net/if_inet6")), address);
  }

  /** A leaf with the address, and below it that it is one of the host itself. */
  static boolean hasLocal(ProcText trie, String address) {
    List<String> lines = trie.lines();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).strip().equals(LEAF + address)) {
        for (int below = i + 1; below < lines.size(); below++) {
          String line = lines.get(below).strip();
          if (line.startsWith(LEAF) || line.startsWith("+--")) {
            break;
          }
          if (line.contains(LOCAL)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** The first word of a line is the address in hexadecimal. */
  static boolean hasV6(ProcText table, InetAddress address) {
    StringBuilder digits = new StringBuilder();
    for (byte part : address.getAddress()) {
      digits
          .append(Character.forDigit((part >> 4) & 0xf, 16))
          .append(Character.forDigit(part & 0xf, 16));
    }
    return table.lines().stream().anyMatch(line -> line.startsWith(digits + " "));
  }
}
