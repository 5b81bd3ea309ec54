// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import servers.FreePorts;
import servers.Loopback;

class SystemErrorsTest {

  @Test
  void eachIsProvokedAndToldFromTheOthers() {
    assertThat(
            List.of(
                SystemErrors.portInUse(),
                SystemErrors.addressNotAvailable(),
                SystemErrors.refused(),
                SystemErrors.reset()))
        .doesNotHaveDuplicates()
        .doesNotContain("")
        .doesNotContain("null");
  }

  @Test
  void theyAreWhatCallsSay() throws Exception {
    try (Socket client = new Socket()) {
      InetSocketAddress nobody = new InetSocketAddress(Loopback.V4, FreePorts.next());
      assertThatThrownBy(() -> client.connect(nobody, 1000))
          .isInstanceOf(ConnectException.class)
          .satisfies(
              e ->
                  assertThat(SystemErrors.text((ConnectException) e))
                      .isEqualTo(SystemErrors.refused()));
    }
    try (ServerSocket first = new ServerSocket(0, 1, Loopback.V4);
        ServerSocket second = new ServerSocket()) {
      assertThatThrownBy(() -> second.bind(first.getLocalSocketAddress()))
          .hasMessageStartingWith(SystemErrors.portInUse());
    }
  }

  @Test
  void theCallThatANewerJdkAddsIsNoPartOfThem() {
    assertThat(
            List.of(
                SystemErrors.text(new ConnectException("Connection refused (connect failed)")),
                SystemErrors.text(new ConnectException("Connection refused")),
                SystemErrors.text(new ConnectException("it failed)")),
                SystemErrors.text(new ConnectException())))
        .containsExactly("Connection refused", "Connection refused", "it failed)", "null");
  }
}
