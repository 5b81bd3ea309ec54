// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.linux.FakeKernel;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.StateChange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A ring buffer of 64 bytes behind a page of 4,096, written as the kernel writes it. */
class RingBufferTest {

  private static final int PAGE = 4096;
  private static final int SIZE = 64;
  private static final int BUSY = 1 << 31;
  private static final int DISCARDED = 1 << 30;

  private final ByteBuffer consumer = CallBuffer.allocate(PAGE);
  private final ByteBuffer producer = CallBuffer.allocate(PAGE + 2 * SIZE);
  private final List<Long> unmapped = new ArrayList<>();
  private final List<Long> read = new ArrayList<>();
  private int failing = -1;

  /** The offset of a mapping is its address. */
  private final FakeKernel kernel =
      new FakeKernel() {
        @Override
        public long mmap(long length, int protection, int flags, int fd, long offset) {
          return offset == failing ? -Errno.EPERM : offset;
        }

        @Override
        public int munmap(long address, long length) {
          unmapped.add(address);
          return 0;
        }

        @Override
        public ByteBuffer mapped(long address, int length) {
          ByteBuffer mapped = address == 0 ? consumer : producer;
          assertThat(length).isEqualTo(mapped.capacity());
          return mapped;
        }
      };

  private int read(RingBuffer ring) {
    read.clear();
    return ring.read(
        (bytes, at, length) -> {
          assertThat(length).isEqualTo(12);
          read.add(bytes.getLong(at));
        });
  }

  /** A record of 12 bytes, which takes 24; both of the places at which it is mapped have it. */
  private void write(int flags, long value) {
    long end = producer.getLong(0);
    for (int i = 0; i < 24; i += 8) {
      long word = i == 0 ? 12L | (flags & 0xffffffffL) : i == 8 ? value : 0;
      int at = (int) ((end + i) % SIZE);
      put(at, word);
      put(at + SIZE, word);
    }
    producer.putLong(0, end + 24);
  }

  private void put(int at, long word) {
    if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN || at % 8 != 0) {
      producer.putLong(PAGE + at, word);
    } else {
      producer.putLong(PAGE + at, Long.rotateLeft(word, 32));
    }
  }

  @Test
  void readsInOrderAcrossTheEnd() {
    RingBuffer ring = new RingBuffer(kernel, 7, PAGE, SIZE);
    assertThat(read(ring)).isZero();
    for (long round = 0; round < 10; round++) {
      write(0, 2 * round);
      write(0, 2 * round + 1);
      assertThat(read(ring)).isEqualTo(2);
      assertThat(read).containsExactly(2 * round, 2 * round + 1);
      assertThat(consumer.getLong(0)).isEqualTo(48 * (round + 1));
    }
    ring.close();
    assertThat(unmapped).containsExactlyInAnyOrder(0L, (long) PAGE);
  }

  @Test
  void waitsForWhatIsBeingWrittenAndSkipsWhatIsDiscarded() {
    RingBuffer ring = new RingBuffer(kernel, 7, PAGE, SIZE);
    write(DISCARDED, 1);
    write(BUSY, 2);
    assertThat(read(ring)).isZero();
    assertThat(consumer.getLong(0)).isEqualTo(24);
    producer.putInt(PAGE + 24, 12);
    assertThat(read(ring)).isEqualTo(1);
    assertThat(read).containsExactly(2L);
  }

  @Test
  void leavesNothingMappedIfItFails() {
    failing = PAGE;
    assertThatThrownBy(() -> new RingBuffer(kernel, 7, PAGE, SIZE))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("mmap");
    assertThat(unmapped).containsExactly(0L);
  }

  @Test
  void decodesARecord() {
    ByteBuffer bytes = CallBuffer.allocate(8 + StateChangeCodec.LENGTH);
    bytes.putLong(8, 123_456).putLong(16, 4711);
    bytes.put(24, (byte) 2).put(25, (byte) 1).put(26, (byte) 7);
    bytes.putShort(28, (short) 3001).putShort(30, (short) 40_001).putInt(32, Errno.ETIMEDOUT);
    bytes.put(40, new byte[] {127, 0, 0, 1}).put(56, new byte[] {127, 0, 0, 2});
    StateChange change = StateChangeCodec.decode(bytes, 8);
    assertThat(change.nanos()).isEqualTo(123_456);
    assertThat(change.cookie()).isEqualTo(4711);
    assertThat(change.before()).isEqualTo(1);
    assertThat(change.after()).isEqualTo(7);
    assertThat(change.localPort()).isEqualTo(3001);
    assertThat(change.remotePort()).isEqualTo(40_001);
    assertThat(change.cause()).isEqualTo(StateChange.Cause.TIMED_OUT);
    assertThat(change.local()).containsExactly(127, 0, 0, 1);
    assertThat(change.remote()).containsExactly(127, 0, 0, 2);
    assertThat(StateChangeCodec.decode(bytes.put(24, (byte) 10), 8).local()).hasSize(16);
  }
}
