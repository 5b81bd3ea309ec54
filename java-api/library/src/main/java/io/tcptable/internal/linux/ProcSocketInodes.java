// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.linux.procfs.ProcDirectory;
import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcLink;
import io.tcptable.internal.linux.procfs.ProcText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The numbers of sockets in the tables of {@code proc_pid_net(5)}, and who has them open. */
final class ProcSocketInodes {

  private static final int LOCAL = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private ProcSocketInodes() {}

  /**
   * Those of a port.
   *
   * @param process a directory of {@code /proc}
   * @param tables such as {@code net/tcp}
   * @param state in hexadecimal, as the table has it
   */
  static Set<Long> of(Path process, List<String> tables, String state, int port) {
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    Set<Long> inodes = new HashSet<>();
    for (String table : tables) {
      try {
        for (String line : ProcFile.text(process.resolve(table)).lines()) {
          String[] words = line.strip().split(" +", -1);
          if (words.length > INODE && words[STATE].equals(state) && words[LOCAL].endsWith(suffix)) {
            inodes.add(ProcText.number(words[INODE]));
          }
        }
      } catch (IOException e) {
        // It has ended meanwhile, or has no such family.
      }
    }
    return inodes;
  }

  /** Whether a process has one of these open. */
  static boolean hasOneOf(Path process, Set<Long> inodes) {
    boolean[] found = new boolean[1];
    try {
      ProcDirectory.visit(
          process.resolve("fd"),
          descriptor -> {
            found[0] =
                ProcLink.target(descriptor).toString().startsWith("socket:")
                    && inodes.contains(ProcLink.number(descriptor));
            return !found[0];
          });
    } catch (IOException e) {
      // It has ended meanwhile, or a descriptor is closed: another process of it may be there.
    }
    return found[0];
  }
}
