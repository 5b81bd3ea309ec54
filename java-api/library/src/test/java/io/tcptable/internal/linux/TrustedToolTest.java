// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class TrustedToolTest {

  @Test
  void whatItPrinted() {
    assertThat(TrustedTool.output("sh", "-c", "echo all")).contains("all\n");
  }

  @Test
  void whatHangsHasNotPrintedAll() {
    assertThat(TrustedTool.output("sh", "-c", "echo part; exec sleep 60")).isEmpty();
  }

  @Test
  void isMissing() {
    assertThat(TrustedTool.output("no-such-tool")).isEmpty();
  }
}
