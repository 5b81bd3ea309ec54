// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.process.ProcessStatus.State;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The list of {@code NtQuerySystemInformation}, class {@code SystemProcessInformation}, on 64 bits.
 * Each process is a {@code SYSTEM_PROCESS_INFORMATION}, behind it one {@code
 * SYSTEM_THREAD_INFORMATION} for each thread. {@code ImageName} points to the name by its address,
 * usually right behind the threads. Where the list begins follows from the first one.
 */
final class ProcessListCodec {

  static final int NEXT = 0;
  static final int THREAD_COUNT = 4;
  static final int CREATE_TIME = 32;
  static final int NAME_LENGTH = 56;
  static final int NAME_ADDRESS = 64;
  static final int PID = 80;
  static final int PARENT = 88;
  static final int HANDLE_COUNT = 96;
  static final int SESSION = 100;
  static final int WORKING_SET = 144;
  static final int PROCESS_SIZE = 256;

  static final int THREAD_STATE = 68;
  static final int WAIT_REASON = 72;
  static final int THREAD_SIZE = 80;

  private static final int RUNNING = 2;
  private static final int WAITING = 5;
  private static final int SUSPENDED = 5;

  private ProcessListCodec() {}

  /** All processes that have not ended. */
  static List<ListedProcess> decode(ByteBuffer list) {
    List<ListedProcess> processes = new ArrayList<>();
    long base = base(list);
    int at = 0;
    while (at + PROCESS_SIZE <= list.limit()) {
      // A process that has ended stays listed as long as another has a handle of it.
      if (list.getInt(at + THREAD_COUNT) > 0) {
        processes.add(process(list, at, base));
      }
      int next = list.getInt(at + NEXT);
      if (next < PROCESS_SIZE || next > list.limit() - at) {
        return processes;
      }
      at += next;
    }
    return processes;
  }

  /** The address of the list, by the first name in it; 0 if no name has an address. */
  private static long base(ByteBuffer list) {
    int at = 0;
    while (at + PROCESS_SIZE <= list.limit()) {
      if (list.getShort(at + NAME_LENGTH) != 0) {
        long address = list.getLong(at + NAME_ADDRESS);
        return address == 0 ? 0 : address - behindThreads(list, at);
      }
      int next = list.getInt(at + NEXT);
      if (next < PROCESS_SIZE || next > list.limit() - at) {
        return 0;
      }
      at += next;
    }
    return 0;
  }

  private static long behindThreads(ByteBuffer list, int at) {
    return at + PROCESS_SIZE + threads(list, at) * THREAD_SIZE;
  }

  private static ListedProcess process(ByteBuffer list, int at, long base) {
    int pid = (int) list.getLong(at + PID);
    return new ListedProcess(
        pid,
        (int) list.getLong(at + PARENT),
        list.getLong(at + CREATE_TIME),
        name(list, at, base, pid),
        state(list, at),
        list.getInt(at + SESSION),
        Integer.toUnsignedLong(list.getInt(at + HANDLE_COUNT)),
        list.getLong(at + WORKING_SET));
  }

  private static long threads(ByteBuffer list, int at) {
    return Integer.toUnsignedLong(list.getInt(at + THREAD_COUNT));
  }

  private static String name(ByteBuffer list, int at, long base, int pid) {
    int length = Short.toUnsignedInt(list.getShort(at + NAME_LENGTH));
    long address = list.getLong(at + NAME_ADDRESS);
    long from = base == 0 ? behindThreads(list, at) : address - base;
    if (length == 0 || from < at || from > list.limit() - length) {
      return pid == 0 ? "Idle" : "";
    }
    byte[] name = new byte[length];
    list.get((int) from, name);
    return new String(name, StandardCharsets.UTF_16LE);
  }

  /** What the process does, by what all its threads do. */
  private static State state(ByteBuffer list, int at) {
    boolean allSuspended = true;
    boolean allWait = true;
    long threads = threads(list, at);
    if (at + PROCESS_SIZE + threads * THREAD_SIZE > list.limit()) {
      return State.UNKNOWN;
    }
    for (int i = 0; i < threads; i++) {
      int thread = at + PROCESS_SIZE + i * THREAD_SIZE;
      int state = list.getInt(thread + THREAD_STATE);
      if (state == RUNNING) {
        return State.RUNNING;
      }
      allWait &= state == WAITING;
      allSuspended &= state == WAITING && list.getInt(thread + WAIT_REASON) == SUSPENDED;
    }
    return allSuspended ? State.STOPPED : allWait ? State.SLEEPING : State.UNKNOWN;
  }
}
