// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.owners;

import io.tcptable.internal.linux.FakeFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The eBPF iterators of the fake kernel, over all threads or one: one read gives what one call of
 * {@link #read} holds.
 */
public final class FakeIterator {

  public static final String PATH = "bpf_iter";

  private static final int LENGTH = 168;

  private static final int LONG_TABLE = -1;

  private final Map<Integer, List<byte[]>> reads = new HashMap<>();

  /** The records that come with the next read, laid out as {@code socket_owners.h} has them. */
  public FakeIterator read(byte[]... records) {
    return readOfThread(0, records);
  }

  /** The same from the iterator over one thread. */
  FakeIterator readOfThread(int thread, byte[]... records) {
    ByteBuffer all = ByteBuffer.allocate(LENGTH * records.length);
    for (byte[] one : records) {
      all.put(one);
    }
    add(thread, all.array());
    return this;
  }

  /** Bytes that are no whole record. */
  public void readCut(int length) {
    add(0, new byte[length]);
  }

  private void add(int thread, byte[] bytes) {
    reads.computeIfAbsent(thread, key -> new ArrayList<>()).add(bytes);
  }

  /** A stretch of one process's descriptors, 0 for those that are no socket. */
  static byte[] record(int pid, int thread, long startNanos, String name, int... inodes) {
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.nativeOrder());
    bytes.putInt(pid).putInt(thread).putInt(0).putInt(0).putLong(startNanos);
    bytes.put(name.getBytes(StandardCharsets.UTF_8)).position(40);
    for (int inode : inodes) {
      bytes.putInt(inode);
    }
    return bytes.array();
  }

  /** Says that the table of a thread is too long for the iterator over all. */
  static byte[] longTable(int pid, int thread, long startNanos) {
    byte[] bytes = record(pid, thread, startNanos, "");
    ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putInt(8, LONG_TABLE);
    return bytes;
  }

  public FakeFile open(int thread) {
    List<byte[]> left = new ArrayList<>(reads.getOrDefault(thread, List.of()));
    return new FakeFile() {
      @Override
      public String path() {
        return PATH;
      }

      @Override
      public int read(ByteBuffer into) {
        if (left.isEmpty()) {
          return 0;
        }
        byte[] bytes = left.remove(0);
        into.put(0, bytes);
        return bytes.length;
      }
    };
  }
}
