// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With tables as the kernel writes them. */
class NamespaceAddressesTest {

  @TempDir Path process;

  @BeforeEach
  void writeTables() throws IOException {
    Path net = Files.createDirectories(process.resolve("net"));
    Files.writeString(
        net.resolve("fib_trie"),
        """
        Main:
          +-- 0.0.0.0/0 3 0 5
             |-- 0.0.0.0
                /0 universe UNICAST
             +-- 10.88.0.0/16 2 0 2
                +-- 10.88.0.0/28 2 0 2
                   |-- 10.88.0.0
                      /16 link UNICAST
                   |-- 10.88.0.2
                      /32 host LOCAL
                |-- 10.88.255.255
                   /32 link BROADCAST
        """);
    Files.writeString(
        net.resolve("if_inet6"),
        """
        fe80000000000000a47b3cfffe9a4b1c 02 40 20 80     eth0
        fd000000000000000000000000000002 02 40 00 80     eth0
        """);
  }

  private boolean has(String address) throws IOException {
    return NamespaceAddresses.include(InetAddress.getByName(address), process);
  }

  @Test
  void anAddressOfTheHostItselfIsOne() throws IOException {
    assertThat(has("10.88.0.2")).isTrue();
    assertThat(has("fd00::2")).isTrue();
  }

  @Test
  void aNetworkAndABroadcastAddressAreNone() throws IOException {
    assertThat(has("10.88.0.0")).isFalse();
    assertThat(has("10.88.255.255")).isFalse();
    assertThat(has("10.88.0.1")).isFalse();
    assertThat(has("fd00::3")).isFalse();
  }
}
