// SPDX-License-Identifier: Apache-2.0
package io.tcptable.windows;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Processes that Unix and Windows both know, each by its own number: seen from Unix. */
final class JoinedPids {

  private final Map<Integer, Integer> toWindows = new HashMap<>();
  private final Map<Integer, Integer> toUnix = new HashMap<>();

  synchronized void join(int unixPid, int windowsPid) {
    toWindows.put(unixPid, windowsPid);
    toUnix.put(windowsPid, unixPid);
  }

  synchronized int toWindows(int pid) {
    return toWindows.getOrDefault(pid, pid);
  }

  private synchronized void translate(ByteBuffer bytes, int at) {
    int pid = bytes.getInt(at);
    bytes.putInt(at, toUnix.getOrDefault(pid, pid));
  }

  void into(WineTable table, ByteBuffer bytes) {
    for (int at : table.pids()) {
      translate(bytes, at);
    }
  }

  /** Of {@code NtQuerySystemInformation}: a process and its parent. */
  void intoProcesses(ByteBuffer list) {
    int at = 0;
    int next;
    do {
      next = list.getInt(at);
      translate(list, at + 80);
      translate(list, at + 88);
      at += next;
    } while (next > 0);
  }
}
