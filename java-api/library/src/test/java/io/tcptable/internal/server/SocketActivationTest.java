// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.internal.linux.LinuxPlatform;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.platform.SocketUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SocketActivationTest {

  private static final Viewpoint VIEW =
      new Viewpoint(KnownProcess.of(9, "/usr/bin/java", "root"), pid -> false, new LinuxPlatform());

  private static final KnownProcess MANAGER =
      KnownProcess.of(Platform.INIT, "/usr/lib/systemd/systemd", "root", "/sbin/init");

  private static final KnownProcess SERVER = KnownProcess.of(100, "/usr/bin/perl", "web", "web");

  @Test
  void aServiceIsWaitedForUntilItListensItself() {
    assertThat(SocketActivation.isWaiting(List.of(MANAGER), VIEW)).isTrue();
    assertThat(SocketActivation.isWaiting(List.of(MANAGER, SERVER), VIEW)).isFalse();
    assertThat(SocketActivation.isWaiting(List.of(SERVER), VIEW)).isFalse();
    assertThat(SocketActivation.isWaiting(List.of(), VIEW)).isFalse();
  }

  /** Else any user could keep a server from being asked. */
  @Test
  void aProgramOfThatNameIsNotBelieved() {
    KnownProcess named = SERVER.named("systemd");
    KnownProcess file = KnownProcess.of(101, "/home/evil/systemd", "evil");
    assertThat(SocketActivation.isWaiting(List.of(named), VIEW)).isFalse();
    assertThat(SocketActivation.isWaiting(List.of(file), VIEW)).isFalse();
  }

  @Test
  void itsServiceIsRestartedAsASocketInUseCannotBe() {
    Supervisor supervisor = ofSystem(new SocketUnit("in.socket", Optional.of("web.service")));
    assertThat(supervisor.seen("systemd(1)"))
        .isEqualTo("systemd(1) starts servers on demand as in.socket");
    assertThat(supervisor.restart()).isEqualTo(new Advice.Command("systemctl restart web.service"));
    assertThat(supervisor.status()).contains(new Advice.Command("systemctl status in.socket"));
  }

  @Test
  void ofAServiceForEachConnectionTheSocketIsRestarted() {
    assertThat(ofSystem(new SocketUnit("in.socket", Optional.empty())).restart())
        .isEqualTo(new Advice.Command("systemctl restart in.socket"));
  }

  @Test
  void whereItIsNotNamedItCanBeLookedUp() {
    assertThat(ofSystem(null).status()).contains(new Advice.Command("systemctl list-sockets"));
  }

  @Test
  void thatOfAUserHasUnitsOfItsOwn() {
    KnownProcess ofUser = KnownProcess.of(700, "/usr/lib/systemd/systemd", "ann", "--user");
    assertThat(SocketActivation.supervisor(ofUser, 3005, new LinuxPlatform()).status())
        .contains(new Advice.Command("systemctl --user list-sockets"));
  }

  private static Supervisor ofSystem(@Nullable SocketUnit unit) {
    return SocketActivation.ofSystem(Optional.ofNullable(unit), new LinuxPlatform().commands());
  }
}
