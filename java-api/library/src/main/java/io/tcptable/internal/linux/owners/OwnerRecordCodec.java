// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.owners;

import io.tcptable.internal.linux.kernel.BootTime;
import io.tcptable.internal.table.ProcessIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads {@code struct tcpt_owner_record}: a stretch of one process's descriptors, as {@code
 * native/src/main/c/linux/bpf/socket_owners.h} has it.
 */
final class OwnerRecordCodec {

  static final int LENGTH = 168;
  static final int DESCRIPTORS = 32;

  /** {@code TCPT_LONG_TABLE}. */
  private static final int LONG_TABLE = -1;

  private static final int PID = 0;
  private static final int THREAD = 4;
  private static final int STRETCH = 8;
  private static final int START_NANOS = 16;
  private static final int NAME = 24;
  private static final int NAME_LENGTH = 16;
  private static final int INODES = 40;

  /** USER_HZ ticks are what {@code /proc/PID/stat} tells, cut off like this. */
  private static final long NANOS_PER_TICK = 10_000_000;

  private OwnerRecordCodec() {}

  /** The process's PID, or 0 if it has none in the PID namespace of this one. */
  static int pid(ByteBuffer records, int at) {
    return records.getInt(at + PID);
  }

  /** The thread whose table it is, likewise. */
  static int thread(ByteBuffer records, int at) {
    return records.getInt(at + THREAD);
  }

  /** Whether it stands for a table too long for this iterator, and holds no descriptors. */
  static boolean isLongTable(ByteBuffer records, int at) {
    return records.getInt(at + STRETCH) == LONG_TABLE;
  }

  /** When the process started, in clock ticks since boot. */
  static long start(ByteBuffer records, int at) {
    return Long.divideUnsigned(records.getLong(at + START_NANOS), NANOS_PER_TICK);
  }

  /** The inode of the socket that the {@code n}th descriptor is, or 0 if it is none. */
  static long inode(ByteBuffer records, int at, int n) {
    return Integer.toUnsignedLong(records.getInt(at + INODES + Integer.BYTES * n));
  }

  static ProcessIdentity process(ByteBuffer records, int at) {
    long start = start(records, at);
    return new ProcessIdentity(
        pid(records, at), start, BootTime.plusTicks(start), name(records, at));
  }

  private static String name(ByteBuffer records, int at) {
    byte[] name = new byte[NAME_LENGTH];
    records.get(at + NAME, name);
    int length = 0;
    while (length < NAME_LENGTH && name[length] != 0) {
      length++;
    }
    return new String(name, 0, length, StandardCharsets.UTF_8);
  }
}
