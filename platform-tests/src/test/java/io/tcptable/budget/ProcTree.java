// SPDX-License-Identifier: Apache-2.0
package io.tcptable.budget;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Processes as {@code /proc} would show them, in a directory of the test. */
final class ProcTree {

  private static final int FIRST_PID = 1000;
  private static final String OTHER_DESCRIPTOR = "pipe:[1]";

  private ProcTree() {}

  /**
   * Gives the sockets to processes by turns, each with as many other descriptors, and makes as many
   * processes again that hold nothing of interest.
   */
  static void make(Path proc, List<Long> inodes, int holders) throws IOException {
    byte[] stat = Files.readAllBytes(Path.of("/proc/self/stat"));
    for (int process = 0; process < 2 * holders; process++) {
      Path directory = proc.resolve(Integer.toString(FIRST_PID + process));
      Path descriptors = Files.createDirectories(directory.resolve("fd"));
      Files.write(directory.resolve("stat"), stat);
      int fd = 0;
      for (int i = process; i < inodes.size(); i += holders) {
        if (process < holders) {
          link(descriptors, fd++, "socket:[" + inodes.get(i) + "]");
        }
        link(descriptors, fd++, OTHER_DESCRIPTOR);
      }
    }
  }

  private static void link(Path descriptors, int fd, String target) throws IOException {
    Files.createSymbolicLink(descriptors.resolve(Integer.toString(fd)), Path.of(target));
  }
}
