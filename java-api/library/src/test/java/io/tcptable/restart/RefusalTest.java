// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.ListenAddress;
import io.tcptable.internal.platform.BindTest;
import io.tcptable.internal.server.PortScope;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusalTest {

  private static final ListenAddress ADDRESS = ListenAddress.parse("0.0.0.0:80");

  private static Refusal notBindable(String error, boolean isDenied, String left) {
    return Refusal.notBindable(
        ADDRESS,
        new BindTest(Optional.of(error), Optional.empty(), isDenied),
        left,
        PortScope.of(80));
  }

  @Test
  void aPortThatThisUserMayNotBindIsForWantOfAPermission() {
    Refusal refusal = notBindable("Permission denied", true, "");

    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NO_PERMISSION);
    assertThat(refusal.message())
        .isEqualTo("nobody listens, but this user may not bind 0.0.0.0:80: Permission denied");
  }

  @Test
  void aPortThatIsInUseIsNotFree() {
    Refusal refusal = notBindable("Address already in use", false, "");

    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_FREE);
    assertThat(refusal.message())
        .isEqualTo(
            "nobody listens, but 0.0.0.0:80 cannot be bound: Address already in use;"
                + " still on the port: no visible socket");
  }

  /** Windows denies what is in use, too. */
  @Test
  void aDenialBesideSocketsMayBeForThem() {
    Refusal refusal = notBindable("Permission denied", true, "3 TIME_WAIT");

    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_FREE);
    assertThat(refusal.message()).endsWith("; still on the port: 3 TIME_WAIT");
  }
}
