// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.platform.Platform;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Command lines that a person may paste into PowerShell. */
class PowerShellTest {

  private static final Platform WINDOWS = new WindowsPlatform();

  @Test
  void quotesWhatHasAMeaning() {
    assertThat(
            WINDOWS
                .shell()
                .command("C:\\Program Files\\a.exe", "it's", "1,2", "-Da.b=1", "--port=3001", ""))
        .contains("'it''s' '1,2' '-Da.b=1' --port=3001 ''");
  }

  @Test
  void startsInADirectory() {
    assertThat(WINDOWS.shell().in(Path.of("C:\\srv"), "tcptable list"))
        .isEqualTo("cd C:\\srv; tcptable list");
  }

  @Test
  void namesAFileInQuotes() {
    assertThat(WINDOWS.commands().lastLines("C:\\my logs\\a.log"))
        .isEqualTo("Get-Content -Tail 50 'C:\\my logs\\a.log'");
  }

  @Test
  void hasNoCommandForAnAdministrator() {
    assertThat(WINDOWS.commands().asSuperuser("tcptable diagnose 3001")).isEmpty();
  }
}
