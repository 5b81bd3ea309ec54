// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Names that are where {@code ImageName} says, and lists that cannot be right. */
class ProcessListCodecTest {

  private static final int SIZE = ProcessListCodec.PROCESS_SIZE + 256;
  private static final long ADDRESS = 0x2_0000_0000L;

  /** Processes of one thread each, their names this far behind the threads. */
  private static ByteBuffer list(int... gaps) {
    ByteBuffer list = ByteBuffer.allocate(SIZE * gaps.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < gaps.length; i++) {
      int at = i * SIZE;
      byte[] name = ("server" + i + ".exe").getBytes(StandardCharsets.UTF_16LE);
      int from = at + ProcessListCodec.PROCESS_SIZE + ProcessListCodec.THREAD_SIZE + gaps[i];
      list.putInt(at + ProcessListCodec.NEXT, i + 1 < gaps.length ? SIZE : 0);
      list.putInt(at + ProcessListCodec.THREAD_COUNT, 1);
      list.putLong(at + ProcessListCodec.PID, 4L * (i + 1));
      list.putShort(at + ProcessListCodec.NAME_LENGTH, (short) name.length);
      list.putLong(at + ProcessListCodec.NAME_ADDRESS, ADDRESS + from);
      list.put(from, name);
    }
    return list;
  }

  private static List<String> names(ByteBuffer list) {
    return ProcessListCodec.decode(list).stream().map(ListedProcess::name).toList();
  }

  @Test
  void namesAreWhereTheirAddressesPoint() {
    assertThat(names(list(0, 0, 0))).containsExactly("server0.exe", "server1.exe", "server2.exe");
    assertThat(names(list(0, 16, 64))).containsExactly("server0.exe", "server1.exe", "server2.exe");
  }

  @Test
  void withoutAddressesTheyAreBehindTheThreads() {
    ByteBuffer list = list(0, 0);
    list.putLong(ProcessListCodec.NAME_ADDRESS, 0);
    list.putLong(SIZE + ProcessListCodec.NAME_ADDRESS, 0);

    assertThat(names(list)).containsExactly("server0.exe", "server1.exe");
  }

  @Test
  void anAddressElsewhereIsNoName() {
    for (long wrong : new long[] {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, ADDRESS, ADDRESS - 8}) {
      ByteBuffer list = list(0, 0);
      list.putLong(SIZE + ProcessListCodec.NAME_ADDRESS, wrong);
      assertThat(names(list)).containsExactly("server0.exe", "");
    }
  }

  /** Either processes or none, whatever the bytes. */
  @Test
  void damagedLists() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      ByteBuffer list = list(0, 16, 0);
      list.put(random.nextInt(list.limit()), (byte) random.nextInt());
      assertThat(ProcessListCodec.decode(list)).hasSizeBetween(0, 3);
    }
  }
}
