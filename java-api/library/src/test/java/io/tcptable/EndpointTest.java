// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  /** Most of them are examples of RFC 5952, sections 1 to 5. */
  @ParameterizedTest
  @CsvSource({
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:0DB8:0:0:0:0:0:AAAA, 2001:db8::aaaa",
    "2001:db8:aaaa:bbbb:cccc:dddd:eeee:0001, 2001:db8:aaaa:bbbb:cccc:dddd:eeee:1",
    "2001:db8:0:0:0:0:0:0, 2001:db8::",
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "1:0:0:0:0:0:0:0, 1::",
    "0:0:1:0:0:0:0:1, 0:0:1::1",
    "0:1:1:1:1:1:1:0, 0:1:1:1:1:1:1:0",
    "0:0:1:1:1:1:0:0, ::1:1:1:1:0:0",
    "fe80:0:0:0:0:0:0:1, fe80::1",
    "0:0:0:0:0:ffff:c000:0201, ::ffff:192.0.2.1",
    "0:0:0:0:0:ffff:0:0, ::ffff:0.0.0.0",
    "0:0:0:0:0:fffe:c000:0201, ::fffe:c000:201",
    "0:0:0:0:1:ffff:c000:0201, ::1:ffff:c000:201",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
  })
  void writesIpv6AsRfc5952Recommends(String groups, String text) {
    Endpoint endpoint = new Endpoint(v6(groups), 443);

    assertThat(endpoint.host()).isEqualTo(text);
    assertThat(endpoint).hasToString("[" + text + "]:443");
  }

  @ParameterizedTest
  @CsvSource({"0, 0.0.0.0", "-1, 255.255.255.255", "2130706433, 127.0.0.1", "167772170, 10.0.0.10"})
  void writesIpv4InFourNumbers(int address, String text) {
    Endpoint endpoint = new Endpoint(ByteBuffer.allocate(4).putInt(address).array(), 80);

    assertThat(endpoint.host()).isEqualTo(text);
    assertThat(endpoint).hasToString(text + ":80");
  }

  /** The kernel's tables have no zone either. */
  @Test
  void leavesOutTheZoneOfALinkLocalAddress() throws UnknownHostException {
    InetAddress scoped = Inet6Address.getByAddress("", v6("fe80:0:0:0:0:0:0:1"), 1);

    assertThat(Endpoint.of(scoped, 80).host()).isEqualTo("fe80::1");
  }

  @Test
  void keepsAMappedAddressButHandsOutAnIpv4One() {
    Endpoint mapped = new Endpoint(v6("0:0:0:0:0:ffff:7f00:1"), 80);

    assertThat(mapped.host()).isEqualTo("::ffff:127.0.0.1");
    assertThat(mapped.address()).isInstanceOf(Inet4Address.class);
    assertThat(mapped).isNotEqualTo(new Endpoint(LOOPBACK, 80));
  }

  @Test
  void theTwoFamiliesOfOneAddressMeet() {
    Endpoint mapped = new Endpoint(v6("0:0:0:0:0:ffff:7f00:1"), 80);
    Endpoint plain = new Endpoint(LOOPBACK, 80);
    Endpoint other = new Endpoint(v6("0:0:0:0:0:0:7f00:1"), 80);

    assertThat(mapped.unmapped()).isEqualTo(plain).hasSameHashCodeAs(plain);
    assertThat(plain.unmapped()).isSameAs(plain);
    assertThat(other.unmapped()).isSameAs(other);
    assertThat(mapped.toSocketAddress()).isEqualTo(plain.toSocketAddress());
    assertThat(plain.toSocketAddress())
        .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 80));
  }

  @Test
  void isOrderedByNumbersAndNotByText() {
    List<Endpoint> sorted =
        List.of(
            new Endpoint(new byte[] {9, 0, 0, 1}, 80),
            new Endpoint(new byte[] {10, 0, 0, 1}, 80),
            new Endpoint(LOOPBACK, 80),
            new Endpoint(v6("0:0:0:0:0:ffff:7f00:1"), 80),
            new Endpoint(LOOPBACK, 443),
            new Endpoint(new byte[] {(byte) 192, 0, 2, 1}, 80),
            new Endpoint(v6("0:0:0:0:0:0:0:1"), 80),
            new Endpoint(v6("2001:db8:0:0:0:0:0:1"), 80));
    List<Endpoint> shuffled = new ArrayList<>(sorted);
    Collections.shuffle(shuffled, new Random(7));
    Collections.sort(shuffled);

    assertThat(shuffled).isEqualTo(sorted);
    for (Endpoint one : sorted) {
      for (Endpoint other : sorted) {
        assertThat(one.compareTo(other) == 0).isEqualTo(one.equals(other));
      }
    }
  }

  @Test
  void isEqualByAddressAndPort() {
    Endpoint endpoint = new Endpoint(LOOPBACK, 3001);

    assertThat(endpoint)
        .isEqualTo(new Endpoint(LOOPBACK.clone(), 3001))
        .hasSameHashCodeAs(new Endpoint(LOOPBACK.clone(), 3001))
        .isEqualTo(Endpoint.of(endpoint.address(), endpoint.port()))
        .isNotEqualTo(new Endpoint(LOOPBACK, 3002))
        .isNotEqualTo(new Endpoint(new byte[] {127, 0, 0, 2}, 3001))
        .isNotEqualTo("127.0.0.1:3001");
    assertThat(new Endpoint(new byte[4], 0)).isNotEqualTo(new Endpoint(new byte[16], 0));
  }

  @Test
  void theWildcardIsAllZeros() {
    assertThat(new Endpoint(new byte[4], 3001).isWildcard()).isTrue();
    assertThat(new Endpoint(new byte[16], 3001).isWildcard()).isTrue();
    assertThat(new Endpoint(LOOPBACK, 3001).isWildcard()).isFalse();
    assertThat(new Endpoint(v6("0:0:0:0:0:ffff:0:0"), 3001).isWildcard()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void aPortOutOfRangeIsNamedInTheError(int port) {
    assertThatThrownBy(() -> Endpoint.of(InetAddress.getLoopbackAddress(), port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port " + port + " is not in 0..65535");
  }

  private static byte[] v6(String groups) {
    ByteBuffer address = ByteBuffer.allocate(16);
    for (String group : groups.split(":", -1)) {
      address.putShort((short) Integer.parseInt(group, 16));
    }
    return address.array();
  }
}
