// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.program.Run;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Another user's words do nothing to a terminal, a spreadsheet, a ticket or a JSON parser. */
@NeedsRoot
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class PrintedWordsIT {

  /** What acts on a terminal or turns letters round, see Unicode Cc and UAX 9. */
  private static final Pattern ACTIVE =
      Pattern.compile(
          "[\\p{Cc}&&[^\n]]|[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]");

  private static final Pattern CODE = Pattern.compile("(?<!`)(`+)(?!`)(.+?)(?<!`)\\1(?!`)");

  /** What GitHub and GitLab bring to life without brackets. */
  private static final Pattern LIVE =
      Pattern.compile("(?<![\\w\\\\])@\\w|https?://|(?<!\\\\)<\\w|(?<!\\\\)\\]\\(|www\\.");

  @AutoClose private final HostileHost host = new HostileHost();

  @ParameterizedTest
  @EnumSource
  void theyStayWords(ForeignWord word) throws IOException {
    try (Attack attack = host.attack()) {
      String port = attack.port();
      attack.attacker().run(attack.looks(word) + "\nhang()");

      isInert(attack.diagnose());
      isInert(attack.tcptable("list", port));
      isInert(attack.tcptable("free", port, "--dry-run"));
      isAscii(attack.diagnose("--json"));
      isAscii(attack.tcptable("list", port, "--json"));
      isAscii(attack.tcptable("free", port, "--dry-run", "--json"));
      holdsNoFormula(attack.tcptable("list", port, "--csv"));
      isInertMarkdown(port, attack.diagnose("--markdown"));
    }
  }

  private static void isInert(Run run) {
    assertThat(run.out()).as(run.err()).isNotEmpty();
    assertThat(ACTIVE.matcher(run.out() + run.err()).find()).as(run.out()).isFalse();
  }

  private static void isAscii(Run run) {
    assertThat(run.out()).as(run.err()).isNotEmpty().matches("[ -~\n]*");
  }

  private static void holdsNoFormula(Run run) {
    assertThat(run.out()).as(run.err()).isNotEmpty();
    assertThat(ACTIVE.matcher(run.out().replace("\r\n", "\n")).find()).as(run.out()).isFalse();
    run.out()
        .lines()
        .skip(1)
        .forEach(line -> assertThat(line).doesNotContainPattern("(^|,)\"?[=+@\\t-][^,\"]"));
  }

  private static void isInertMarkdown(String port, Run run) {
    isInert(run);
    run.out()
        .lines()
        .filter(line -> !line.startsWith("    "))
        .map(line -> line.replace("http://localhost:" + port + "/health", ""))
        .map(line -> CODE.matcher(line).replaceAll(""))
        .forEach(
            line -> {
              assertThat(LIVE.matcher(line).find()).as(line).isFalse();
              assertThat(line).doesNotStartWith("```").doesNotStartWith("~~~");
            });
    assertThat(run.out().lines().filter(line -> line.startsWith("# "))).isEmpty();
  }
}
