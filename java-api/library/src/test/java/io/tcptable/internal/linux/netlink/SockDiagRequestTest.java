// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.table.SocketFilter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SockDiagRequestTest {

  @Test
  void asksForOnePortOfBothFamiliesAsTheKernelReadsIt() {
    ByteBuffer request = request();
    SockDiagRequest.putDump(
        SocketFilter.all().withLocalPorts(3001).withStates(1 << 10).withDetail(),
        DumpPart.WHOLE,
        7,
        request);
    assertThat(request.limit()).isEqualTo(16 + 60);
    assertThat(request.getInt(0)).isEqualTo(76);
    assertThat(request.getShort(4)).isEqualTo((short) 18);
    assertThat(request.getShort(6)).isEqualTo((short) 0x301);
    assertThat(request.getInt(8)).isEqualTo(7);
    assertThat(request.get(16)).isEqualTo((byte) 2);
    assertThat(request.get(19)).isEqualTo((byte) 2);
    assertThat(request.order(ByteOrder.BIG_ENDIAN).getShort(20)).isEqualTo((short) 3001);
    assertThat(request.order(ByteOrder.nativeOrder()).getInt(16 + 52)).isEqualTo(1 << 10);
  }

  @Test
  void asksForOneFamilyByTheNewerRequest() {
    ByteBuffer request = request();
    SockDiagRequest.putDump(
        SocketFilter.all().withFamilies(false, true).withRemotePort(80),
        DumpPart.WHOLE,
        8,
        request);
    assertThat(request.limit()).isEqualTo(16 + 56);
    assertThat(request.getShort(4)).isEqualTo((short) 20);
    assertThat(request.get(16)).isEqualTo((byte) 10);
    assertThat(request.get(17)).isEqualTo((byte) 6);
    assertThat(request.order(ByteOrder.BIG_ENDIAN).getShort(16 + 8)).isZero();
    assertThat(request.getShort(16 + 10)).isEqualTo((short) 80);
  }

  @Test
  void severalPortsBecomeAProgramThatAcceptsJustThem() {
    int[] ports = new Random(1).ints(1, 65_536).distinct().limit(256).sorted().toArray();
    ByteBuffer program = request();
    int length = InetDiagBytecode.put(program, 0, ports);
    for (int port = 0; port <= 65_535; port++) {
      boolean wanted = Arrays.binarySearch(ports, port) >= 0;
      assertThat(KernelFilter.accepts(program, 0, length, port, 0))
          .as("port %s", port)
          .isEqualTo(wanted);
    }
  }

  /** Each socket is in one of the halves, by what its two ports are. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 22, 3001, 46_882, 46_883, 46_884, 46_885, 60_999, 65_535})
  void twoProgramsAcceptOneHalfEach(int localPort) {
    ByteBuffer one = request();
    ByteBuffer other = request();
    int length = InetDiagBytecode.putPart(one, 0, DumpPart.ONE_HIGH_PORT);
    assertThat(InetDiagBytecode.putPart(other, 0, DumpPart.NONE_OR_BOTH)).isEqualTo(length);
    for (int remotePort = 0; remotePort <= 65_535; remotePort++) {
      boolean differ = localPort >= 46_884 != remotePort >= 46_884;
      assertThat(KernelFilter.accepts(one, 0, length, localPort, remotePort)).isEqualTo(differ);
      assertThat(KernelFilter.accepts(other, 0, length, localPort, remotePort))
          .isNotEqualTo(differ);
    }
  }

  private static ByteBuffer request() {
    return ByteBuffer.allocate(SockDiagRequest.CAPACITY).order(ByteOrder.nativeOrder());
  }
}
