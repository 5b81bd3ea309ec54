// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.platform.SocketUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** As {@code systemctl show --property=Id,Listen,Triggers '*.socket'} prints them. */
class SystemdSocketsTest {

  private static final String SHOWN =
      """
      Listen=/run/udev/control (SequentialPacket)
      Listen=/run/odd:3005 (Stream)
      Id=systemd-udevd-control.socket
      Triggers=systemd-udevd.service

      Listen=127.0.0.1:3005 (Stream)
      Listen=[::1]:3006 (Stream)
      Id=activated.socket
      Triggers=web.service

      Listen=[::]:3007 (Stream)
      Id=each.socket
      Triggers=

      Listen=[::]:3008 (Datagram)
      Id=udp.socket
      Triggers=udp.service

      Listen=192.0.2.1:3009 (Stream)
      Id=one.socket
      Triggers=one.service

      Listen=192.0.2.2:3009 (Stream)
      Id=other.socket
      Triggers=other.service
      """;

  @ParameterizedTest
  @CsvSource({"3005, activated.socket, web.service", "3006, activated.socket, web.service"})
  void aSocketIsNamedWithItsService(int port, String socket, String service) {
    assertThat(SystemdSockets.unit(SHOWN, port))
        .contains(new SocketUnit(socket, Optional.of(service)));
  }

  @Test
  void aSocketMayStartAnotherServiceForEachConnection() {
    assertThat(SystemdSockets.unit(SHOWN, 3007))
        .contains(new SocketUnit("each.socket", Optional.empty()));
  }

  /** Not TCP; two units; a part of a number; none. */
  @ParameterizedTest
  @ValueSource(ints = {3008, 3009, 300, 5, 3010})
  void elseNoneIsNamed(int port) {
    assertThat(SystemdSockets.unit(SHOWN, port)).isEmpty();
  }
}
