// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.bpf;

import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.kernel.Errno;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The reading side of a {@code BPF_MAP_TYPE_RINGBUF}, see {@code Documentation/bpf/ringbuf.rst} of
 * Linux. The kernel writes each record behind the last one and then clears its busy bit; this side
 * says up to where it has read. The data is mapped twice in a row, so that a record is never cut.
 * For one thread.
 *
 * <pre>
 * page 0         0 u64 how far this side has read
 * page 1         0 u64 how far the kernel has written
 * from page 2    the data: 0 u32 length, busy and discarded bits   4 u32 page   8 record
 * </pre>
 */
final class RingBuffer implements AutoCloseable {

  private static final String WHAT = "mapping what the kernel tells of sockets";

  private static final int PROT_READ = 1;
  private static final int PROT_WRITE = 2;
  private static final int MAP_SHARED = 1;

  private static final int BUSY = 1 << 31;
  private static final int DISCARDED = 1 << 30;
  private static final int HEADER_SIZE = 8;
  private static final int ALIGNMENT = 8;

  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private final LinuxCalls calls;
  private final int pageSize;
  private final long mask;
  private final Mapping consumer;
  private final Mapping producer;

  private record Mapping(long address, ByteBuffer bytes) {}

  /** Takes one record. */
  @FunctionalInterface
  interface Reader {
    void read(ByteBuffer bytes, int at, int length);
  }

  /**
   * @param size of the data, a power of two
   */
  RingBuffer(LinuxCalls calls, int fd, int pageSize, int size) {
    this.calls = calls;
    this.pageSize = pageSize;
    this.mask = size - 1L;
    consumer = map(fd, pageSize, PROT_READ | PROT_WRITE, 0);
    try {
      producer = map(fd, pageSize + 2 * size, PROT_READ, pageSize);
    } catch (RuntimeException e) {
      unmap(consumer);
      throw e;
    }
  }

  private Mapping map(int fd, int length, int protection, long offset) {
    long address = calls.mmap(length, protection, MAP_SHARED, fd, offset);
    if (address < 0) {
      throw Errno.failure("mmap", (int) address, WHAT);
    }
    return new Mapping(address, calls.mapped(address, length));
  }

  private void unmap(Mapping mapping) {
    calls.munmap(mapping.address(), mapping.bytes().capacity());
  }

  /** Hands out what was there when this began. Returns how many. */
  int read(Reader reader) {
    ByteBuffer data = producer.bytes();
    long end = (long) LONG.getAcquire(data, 0);
    long at = (long) LONG.getAcquire(consumer.bytes(), 0);
    int records = 0;
    while (at < end) {
      int header = pageSize + (int) (at & mask);
      int length = (int) INT.getAcquire(data, header);
      if ((length & BUSY) != 0) {
        return records;
      }
      int size = length & ~(BUSY | DISCARDED);
      if ((length & DISCARDED) == 0) {
        reader.read(data, header + HEADER_SIZE, size);
        records++;
      }
      at += HEADER_SIZE + (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      LONG.setRelease(consumer.bytes(), 0, at);
    }
    return records;
  }

  @Override
  public void close() {
    unmap(consumer);
    unmap(producer);
  }
}
