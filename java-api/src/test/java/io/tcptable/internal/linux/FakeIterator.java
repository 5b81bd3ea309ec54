package io.tcptable.internal.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The eBPF iterator of the fake kernel: one read gives what one call of {@link #read} holds. */
public final class FakeIterator {

  static final String PATH = "bpf_iter";

  private static final int LENGTH = 168;

  private final List<byte[]> reads = new ArrayList<>();

  /** The records that come with the next read, laid out as {@code socket_owners.h} has them. */
  public FakeIterator read(byte[]... records) {
    ByteBuffer all = ByteBuffer.allocate(LENGTH * records.length);
    for (byte[] one : records) {
      all.put(one);
    }
    reads.add(all.array());
    return this;
  }

  /** Bytes that are no whole record. */
  public void readCut(int length) {
    reads.add(new byte[length]);
  }

  /** A stretch of one process's descriptors, 0 for those that are no socket. */
  static byte[] record(int pid, int thread, long startNanos, String name, int... inodes) {
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.nativeOrder());
    bytes.putInt(thread).putInt(0).putInt(pid).putInt(0).putLong(startNanos);
    bytes.put(name.getBytes(StandardCharsets.UTF_8)).position(40);
    for (int inode : inodes) {
      bytes.putInt(inode);
    }
    return bytes.array();
  }

  FakeFile open() {
    List<byte[]> left = new ArrayList<>(reads);
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
