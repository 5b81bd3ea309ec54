// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Endpoint;
import io.tcptable.ListenAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PortScopeTest {

  private static ListenAddress at(String address) {
    return ListenAddress.parse(address + ":53");
  }

  private static PortSocket listener(String address) {
    return new PortSocket(true, at(address), at("0.0.0.0").endpoint(), List.of(1L));
  }

  private static PortSocket connection(String local) {
    Endpoint remote = ListenAddress.parse("10.9.9.9:40000").endpoint();
    return new PortSocket(false, at(local), remote, List.of(1L));
  }

  private static List<PortSocket> in(String address, PortSocket... all) {
    return PortScope.of(at(address)).of(List.of(all), Function.identity());
  }

  @Test
  void aPortIsAllOfIt() {
    List<PortSocket> all =
        List.of(listener("127.0.0.1"), listener("[::1]"), connection("10.0.0.1"));
    assertThat(PortScope.of(53).of(all, Function.identity())).isEqualTo(all);
    assertThat(PortScope.of(53)).hasToString("port 53");
  }

  @Test
  void anAddressHasTheListenersThatTakeItsConnections() {
    PortSocket resolver = listener("127.0.0.53");
    PortSocket other = listener("127.0.0.2");
    assertThat(in("127.0.0.53", resolver, other)).containsExactly(resolver);
    assertThat(in("127.0.0.3", resolver, other)).isEmpty();
    assertThat(in("127.0.0.3", listener("0.0.0.0"))).hasSize(1);
    assertThat(in("0.0.0.0", resolver, other)).containsExactly(resolver, other);
    assertThat(in("[::]", resolver)).isEmpty();
    assertThat(PortScope.of(at("127.0.0.53"))).hasToString("127.0.0.53:53");
  }

  @Test
  void aConnectionGoesWithTheListenerThatHasAcceptedIt() {
    PortSocket any = listener("0.0.0.0");
    PortSocket one = listener("10.0.0.1");
    PortSocket accepted = connection("10.0.0.1");
    assertThat(PortSocket.listenerOf(accepted, List.of(any, one))).contains(one);
    assertThat(PortSocket.listenerOf(accepted, List.of(any))).contains(any);
    assertThat(PortSocket.listenerOf(accepted, List.of(listener("10.0.0.2")))).isEmpty();
    assertThat(in("10.0.0.2", any, one, accepted)).containsExactly(any);
  }

  @Test
  void aConnectionThatNobodyHasAcceptedCountsByItsOwnAddress() {
    assertThat(in("10.0.0.1", connection("10.0.0.1"))).hasSize(1);
    assertThat(in("10.0.0.2", connection("10.0.0.1"))).isEmpty();
  }

  @Test
  void listenersOfDifferentInterfacesDoNotOverlap() {
    assertThat(PortSharing.of(bound("v0"), bound("v1"))).isEqualTo(PortSharing.INTERFACES);
    assertThat(PortSharing.of(bound("v0"), bound("v0"))).isEqualTo(PortSharing.SAME_ADDRESS);
    assertThat(PortSharing.of(bound("v0"), at("0.0.0.0"))).isEqualTo(PortSharing.SAME_ADDRESS);
    assertThat(PortSharing.of(at("127.0.0.1"), at("[::1]"))).isEqualTo(PortSharing.FAMILIES);
    assertThat(PortSharing.of(at("127.0.0.1"), at("127.0.0.2"))).isEqualTo(PortSharing.ADDRESSES);
    assertThat(PortSharing.of(at("0.0.0.0"), at("127.0.0.2"))).isEqualTo(PortSharing.WILDCARD);
    assertThat(PortSharing.of(at("10.0.0.1"), at("[::1]"))).isEqualTo(PortSharing.ADDRESSES);
  }

  private static ListenAddress bound(String device) {
    return new ListenAddress(at("0.0.0.0").endpoint(), Optional.of(device), false);
  }

  /** Whoever names an address means one server; of a whole port, clients may mistake them. */
  @Test
  void tellsServersApartAsItWasNamed() {
    List<List<ListenAddress>> servers =
        List.of(
            List.of(ListenAddress.parse("127.0.0.53:3001")),
            List.of(ListenAddress.parse("0.0.0.0:3001")));

    assertThat(PortScope.of(3001).hasApart(servers)).isFalse();
    assertThat(PortScope.of(servers.get(0).get(0)).hasApart(servers)).isTrue();
    assertThat(PortScope.of(servers.get(0).get(0)).hasApart(servers.subList(0, 1))).isFalse();
    assertThat(
            PortScope.of(3001)
                .hasApart(List.of(servers.get(0), List.of(ListenAddress.parse("127.0.0.54:3001")))))
        .isTrue();
  }
}
