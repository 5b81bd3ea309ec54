// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

  private static ListenAddress at(String text) {
    return ListenAddress.parse(text);
  }

  /** One of a listener: it may take both families, and its interface need not be there. */
  private static ListenAddress listener(String address, String device, boolean isV6Only) {
    try {
      return new ListenAddress(
          Endpoint.of(InetAddress.getByName(address), 53),
          Optional.of(device).filter(it -> !it.isEmpty()),
          isV6Only);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.53:53", "0.0.0.0:1", "[::1]:3001", "[::]:65535"})
  void isReadAsItIsWritten(String text) {
    assertThat(at(text)).hasToString(text);
    assertThat(at(text).networkInterface()).isEmpty();
  }

  @Test
  void mayNameAnInterface() throws Exception {
    String loopback =
        NetworkInterface.getByInetAddress(at("127.0.0.1:53").endpoint().address()).getName();
    int index = NetworkInterface.getByName(loopback).getIndex();
    ListenAddress bound = at("127.0.0.53%" + loopback + ":53");
    assertThat(bound.networkInterface()).contains(loopback);
    assertThat(bound).hasToString("127.0.0.53%" + loopback + ":53");
    assertThat(at("127.0.0.53%" + index + ":53")).isEqualTo(bound);
    assertThat(at("[::1%" + loopback + "]:53")).isEqualTo(at("[::1]%" + loopback + ":53"));
    assertThat(bound.askedAt()).isEmpty();
    assertThat(at("0.0.0.0%" + loopback + ":53").askedAt())
        .contains(at("127.0.0.1:53").endpoint().address());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "localhost:53       | 'localhost' is not an IPv4 address",
        "127.0.0.256:53     | '127.0.0.256' is not an IPv4 address",
        "127.1:53           | '127.1' is not an IPv4 address",
        "127.0.0.1.:53      | '127.0.0.1.' is not an IPv4 address",
        "1.2.3.4.5:53       | '1.2.3.4.5' is not an IPv4 address",
        "[127.0.0.1]:53     | '127.0.0.1' is not an IPv6 address",
        "[::g]:53           | '::g' is not an IPv6 address",
        "::1:53             | not an address and a port",
        "127.0.0.1          | not an address and a port",
        "127.0.0.1:         | not an address and a port",
        "127.0.0.1:0        | port 0 is not in 1..65535",
        "127.0.0.1:65536    | port 65536 is not in 1..65535",
        "127.0.0.1:999999999999 | port 999999999999 is not in 1..65535",
        "0.0.0.0%nosuch0:53 | there is no network interface 'nosuch0'",
        "0.0.0.0%:53        | not an address and a port",
      })
  void whatIsNoAddressIsRefused(String text, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> at(text)).withMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    // address, interface, IPv6 only; the other; whether they conflict
    "127.0.0.1,,false,  127.0.0.1,,false,  true",
    "127.0.0.1,,false,  127.0.0.2,,false,  false",
    "0.0.0.0,,false,    127.0.0.2,,false,  true",
    "0.0.0.0,,false,    ::,,false,         true",
    "0.0.0.0,,false,    ::,,true,          false",
    "127.0.0.1,,false,  ::,,false,         true",
    "::1,,false,        ::,,true,          true",
    "::1,,false,        127.0.0.1,,false,  false",
    "::1,,false,        0.0.0.0,,false,    false",
    "0.0.0.0,v0,false,  0.0.0.0,v1,false,  false",
    "0.0.0.0,v0,false,  0.0.0.0,v0,false,  true",
    "0.0.0.0,v0,false,  0.0.0.0,,false,    true",
    "0.0.0.0,v0,false,  127.0.0.1,,false,  true",
    "0.0.0.0,v0,false,  ::,v1,false,       false",
    "0.0.0.0,v0,false,  ::,v0,false,       true",
  })
  void conflictsIfPortAddressAndInterfaceAreInCommon(
      String one,
      String its,
      boolean v6,
      String other,
      String itsOther,
      boolean otherV6,
      boolean conflict) {
    ListenAddress a = listener(one, its == null ? "" : its, v6);
    ListenAddress b = listener(other, itsOther == null ? "" : itsOther, otherV6);
    assertThat(a.conflictsWith(b)).isEqualTo(conflict);
    assertThat(b.conflictsWith(a)).isEqualTo(conflict);
  }

  @Test
  void onAnotherPortNothingConflicts() {
    assertThat(at("0.0.0.0:53").conflictsWith(at("0.0.0.0:54"))).isFalse();
  }

  @Test
  void aListenerTakesTheConnectionsOfItsInterface() {
    ListenAddress any = listener("0.0.0.0", "", false);
    ListenAddress bound = listener("0.0.0.0", "v0", false);
    assertThat(any.takes(listener("10.0.0.1", "v0", false))).isTrue();
    assertThat(bound.takes(listener("10.0.0.1", "v0", false))).isTrue();
    assertThat(bound.takes(listener("10.0.0.1", "v1", false))).isFalse();
    assertThat(bound.takes(listener("10.0.0.1", "", false))).isFalse();
    assertThat(listener("::", "", false).takes(listener("10.0.0.1", "", false))).isTrue();
    assertThat(listener("::", "", true).takes(listener("10.0.0.1", "", false))).isFalse();
  }

  @Test
  void aWildcardIsAskedAtTheLoopbackAddressOfItsFamily() {
    assertThat(at("0.0.0.0:53").askedAt()).contains(at("127.0.0.1:53").endpoint().address());
    assertThat(at("[::]:53").askedAt()).contains(at("[::1]:53").endpoint().address());
    assertThat(at("127.0.0.53:53").askedAt()).contains(at("127.0.0.53:53").endpoint().address());
    assertThat(listener("0.0.0.0", "nosuch0", false).askedAt()).isEmpty();
  }
}
