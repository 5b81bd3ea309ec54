// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@NeedsRoot
class ReusedPidIT {

  @AutoClose private final Namespace namespace = Namespace.withOwnProcesses();

  @Test
  void aProcessIsNotTakenForTheOneThatHadItsPidBefore() {
    assertThat(namespace.java(ReusedPidMain.class)).startsWith("swapped after");
  }
}
