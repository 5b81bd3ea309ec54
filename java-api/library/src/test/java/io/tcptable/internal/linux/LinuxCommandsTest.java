// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinuxCommandsTest {

  @ParameterizedTest
  @ValueSource(strings = {"6.6.87.2-microsoft-standard-WSL2", "4.4.0-19041-Microsoft"})
  void windowsSubsystemForLinuxIsKnownByItsKernel(String release) {
    assertThat(LinuxCommands.isWsl(release)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.1.0-18-amd64", "5.15.0-1053-azure", ""})
  void otherKernelsAreNot(String release) {
    assertThat(LinuxCommands.isWsl(release)).isFalse();
  }

  @Test
  void severalProcessesAreResumedByOneCommand() {
    assertThat(new LinuxCommands(new PosixShell()).resume(List.of(4L, 5L)))
        .hasValue("kill -CONT 4 5");
  }
}
