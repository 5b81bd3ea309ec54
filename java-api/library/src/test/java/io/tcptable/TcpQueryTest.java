// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.internal.table.SocketFilter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcpQueryTest {

  private static final int[] NUMBERS = {0, 1, 7, 8, 10, 12, 13, 31, 32, 42, 255};

  /** {@code ::ffff:127.0.0.1}. */
  private static final byte[] MAPPED_LOOPBACK = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1
  };

  private final TcpQuery all = TcpQuery.all();

  @Test
  void asksForEverythingAndOwnersButNoDetail() {
    assertThat(all.owners()).isTrue();
    assertThat(all.filter().detail()).isFalse();
    assertThat(all.filter().localPorts()).isEmpty();
    assertThat(all.filter().remotePort()).isZero();
    for (int state : NUMBERS) {
      assertThat(all.filter().accepts(false, state, 1, 0)).isTrue();
      assertThat(all.filter().accepts(true, state, 65_535, 65_535)).isTrue();
    }
  }

  @Test
  void eachConditionIsAddedToThoseBefore() {
    TcpQuery query =
        all.withoutOwners()
            .localPort(3001)
            .remotePort(443)
            .states(TcpState.ESTABLISHED)
            .family(StandardProtocolFamily.INET6)
            .withDetail();

    SocketFilter filter = query.filter();
    assertThat(query.owners()).isFalse();
    assertThat(filter.detail()).isTrue();
    assertThat(filter.accepts(true, 1, 3001, 443)).isTrue();
    assertThat(filter.accepts(false, 1, 3001, 443)).isFalse();
    assertThat(filter.accepts(true, 10, 3001, 443)).isFalse();
    assertThat(filter.accepts(true, 1, 3002, 443)).isFalse();
    assertThat(filter.accepts(true, 1, 3001, 444)).isFalse();
  }

  @Test
  void aQueryNeverChanges() {
    TcpQuery port = all.localPort(3001);
    assertThat(port.withDetail().withoutOwners().states(TcpState.LISTEN)).isNotSameAs(port);

    assertThat(port.filter().detail()).isFalse();
    assertThat(port.owners()).isTrue();
    assertThat(port.filter().accepts(false, 1, 3001, 9)).isTrue();
    assertThat(all.filter().localPorts()).isEmpty();
  }

  @Test
  void portsMayComeInAnyOrderAndTwice() {
    assertThat(all.localPorts(443, 80, 443, 65_535, 1).filter().localPorts())
        .containsExactly(1, 80, 443, 65_535);
    assertThat(all.localPort(80).localPorts().filter().localPorts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_536, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void aPortOutOfRangeIsNamedInTheError(int port) {
    String message = "port " + port + " is not in 1..65535";
    assertThatThrownBy(() -> all.localPort(port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> all.localPorts(80, port)).hasMessage(message);
    assertThatThrownBy(() -> all.remotePort(port)).hasMessage(message);
  }

  @ParameterizedTest
  @EnumSource
  void aStateIsShownIfAndOnlyIfItIsAskedFor(TcpState state) {
    SocketFilter filter = all.states(state).filter();
    for (int number : NUMBERS) {
      assertThat(filter.accepts(false, number, 3001, 0))
          .as("number %d", number)
          .isEqualTo(TcpState.ofNumber(number) == state);
    }
  }

  @Test
  void severalStatesAndNone() {
    SocketFilter two = all.states(TcpState.LISTEN, TcpState.UNKNOWN).filter();
    assertThat(two.accepts(false, 10, 1, 0)).isTrue();
    assertThat(two.accepts(false, 42, 1, 0)).isTrue();
    assertThat(two.accepts(false, 1, 1, 0)).isFalse();
    assertThat(all.states(TcpState.LISTEN).states().filter().accepts(false, 1, 1, 0)).isTrue();
  }

  @Test
  void selectsByEndsAlone() throws UnknownHostException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    Endpoint server = Endpoint.of(loopback, 3001);
    Endpoint client = Endpoint.of(loopback, 40_000);
    Endpoint mapped = Endpoint.of(Inet6Address.getByAddress(null, MAPPED_LOOPBACK, -1), 40_000);
    assertThat(all.selects(server, client)).isTrue();
    assertThat(all.localPorts(80, 3001).remotePort(40_000).selects(server, client)).isTrue();
    assertThat(all.localPort(3002).selects(server, client)).isFalse();
    assertThat(all.remotePort(3002).selects(server, client)).isFalse();
    assertThat(all.remoteAddress(loopback).selects(server, client)).isTrue();
    assertThat(all.remoteAddress(loopback).selects(mapped, mapped)).isTrue();
    InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    assertThat(all.remoteAddress(other).selects(server, client)).isFalse();
    assertThat(all.family(StandardProtocolFamily.INET6).selects(server, client)).isFalse();
    assertThat(all.family(StandardProtocolFamily.INET6).selects(mapped, mapped)).isTrue();
    assertThat(all.states(TcpState.ESTABLISHED).selects(server, client)).isFalse();
    assertThat(all.ownedByThisProcess().selects(server, client)).isFalse();
    assertThat(all.allNamespaces().selects(server, client)).isFalse();
  }

  @Test
  void aFamilyIsOneOfTwo() {
    assertThat(all.family(StandardProtocolFamily.INET).filter().ipv6()).isFalse();
    assertThat(all.family(StandardProtocolFamily.INET).filter().ipv4()).isTrue();
    assertThat(all.family(StandardProtocolFamily.INET6).filter().ipv4()).isFalse();
    assertThatThrownBy(() -> all.family(StandardProtocolFamily.UNIX))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("UNIX is neither INET nor INET6");
  }
}
