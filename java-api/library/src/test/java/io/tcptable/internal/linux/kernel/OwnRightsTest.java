// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.linux.procfs.ProcText;
import io.tcptable.internal.platform.Restriction;
import io.tcptable.internal.platform.Right;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** To run it as root is advised only to who is not root and has not the right. */
class OwnRightsTest {

  private static final String ALL = "000001ffffffffff";

  /** What Docker leaves to root. */
  private static final String OF_A_CONTAINER = "00000000a80425fb";

  private static final String SANDBOX =
      "A sandbox such as seccomp, or a security module, forbids it even to root."
          + " Run it outside of the sandbox, for example on the host.";

  private static OwnRights rights(int user, String capabilities) {
    return OwnRights.of(
        new ProcText(
            "Name:\tjava\nUid:\t1000\t%d\t1000\t1000\nCapEff:\t%s\n"
                .formatted(user, capabilities)));
  }

  private static String sentences(OwnRights rights, Right right) {
    return rights.restriction(right).map(Restriction::sentences).orElse("");
  }

  @ParameterizedTest
  @EnumSource
  void oneWithoutTheRightIsAdvisedToBecomeRoot(Right right) {
    assertThat(rights(1000, "0").restriction(right)).isEmpty();
    assertThat(rights(1000, "0").restriction()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void rootWithAllRightsIsRefusedBySomethingElse(Right right) {
    assertThat(sentences(rights(0, ALL), right)).isEqualTo(SANDBOX);
    assertThat(rights(0, ALL).restriction().map(Restriction::sentences)).hasValue(SANDBOX);
  }

  /** By the capability of a file, for one. */
  @ParameterizedTest
  @EnumSource
  void soIsAnyUserWhoHasTheRight(Right right) {
    assertThat(sentences(rights(1000, ALL), right)).isEqualTo(SANDBOX);
  }

  @ParameterizedTest
  @CsvSource({"SEE_PROCESSES, CAP_SYS_PTRACE", "DROP_CONNECTIONS, CAP_NET_ADMIN"})
  void rootOfAContainerLacksARight(Right right, String capability) {
    assertThat(sentences(rights(0, OF_A_CONTAINER), right))
        .isEqualTo(
            "This root lacks %s. Run it on the host, or give it %s."
                .formatted(capability, capability));
  }

  @Test
  void rootOfAContainerMayStopProcesses() {
    assertThat(sentences(rights(0, OF_A_CONTAINER), Right.STOP_PROCESSES)).isEqualTo(SANDBOX);
    assertThat(sentences(rights(0, "0"), Right.STOP_PROCESSES))
        .isEqualTo("This root lacks CAP_KILL. Run it on the host, or give it CAP_KILL.");
  }

  @Test
  void aCallThatIsRefusedSaysSo() {
    assertThat(Errno.refused(rights(1000, "0"))).isEqualTo("this user may not; try as root");
    assertThat(Errno.refused(rights(0, ALL)))
        .isEqualTo("a sandbox such as seccomp, or a security module, forbids it even to root");
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsClaimedWithoutTheFile(Right right) {
    assertThat(OwnRights.of(ProcText.UNKNOWN).restriction(right)).isEmpty();
    assertThat(OwnRights.of(ProcText.UNKNOWN).restriction()).isEmpty();
  }
}
