// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTextTest {

  @Test
  void nothingIsMarkup() {
    assertThat(HtmlText.of("<img src=x onerror='a()'>\"&amp;"))
        .isEqualTo("&lt;img src=x onerror=&#39;a()&#39;&gt;&quot;&amp;amp;");
  }

  @Test
  void nothingControlsThePage() {
    assertThat(HtmlText.of("a\u0000\u001b[2J\u202eevil\u2066\u2028\ud800b"))
        .isEqualTo("a??[2J?evil???b");
  }

  @Test
  void lettersStay() {
    assertThat(HtmlText.of("Grüße, 世界 🐍")).isEqualTo("Grüße, 世界 🐍");
  }
}
