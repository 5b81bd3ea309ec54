// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.program.Run;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Another user's words do nothing to a terminal, a spreadsheet, a ticket or a JSON parser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrintedWordsIT {

  private static final String PORT = Integer.toString(HostileHost.PORT);

  /** What acts on a terminal or turns letters round, see Unicode Cc and UAX 9. */
  private static final Pattern ACTIVE =
      Pattern.compile(
          "[\\p{Cc}&&[^\n]]|[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]");

  private static final Pattern CODE = Pattern.compile("(?<!`)(`+)(?!`)(.+?)(?<!`)\\1(?!`)");

  /** What GitHub and GitLab bring to life without brackets. */
  private static final Pattern LIVE =
      Pattern.compile("(?<![\\w\\\\])@\\w|https?://|(?<!\\\\)<\\w|(?<!\\\\)\\]\\(|www\\.");

  @AutoClose private final HostileHost host = new HostileHost();

  @AfterEach
  void endAttack() throws IOException {
    host.endAttack();
  }

  @ParameterizedTest
  @EnumSource
  void theyStayWords(ForeignWord word) {
    host.attacker()
        .run(
            """
            name(%s)
            arguments(%s, %2$s)
            enter(%s + %2$s.replace(b'/', b'_'))
            write_to(%2$s.replace(b'/', b'_') + b'.log')
            hang()
            """
                .formatted(
                    word.shortLiteral(),
                    word.literal(),
                    HostileHost.bytes(host.folder().resolve("at-").toString())));

    isInert(host.tcptable("diagnose", PORT, "--deadline", "300ms"));
    isInert(host.tcptable("list", PORT));
    isInert(host.tcptable("free", PORT, "--dry-run"));
    isAscii(host.tcptable("diagnose", PORT, "--deadline", "300ms", "--json"));
    isAscii(host.tcptable("list", PORT, "--json"));
    isAscii(host.tcptable("free", PORT, "--dry-run", "--json"));
    holdsNoFormula(host.tcptable("list", PORT, "--csv"));
    isInertMarkdown(host.tcptable("diagnose", PORT, "--deadline", "300ms", "--markdown"));
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

  private static void isInertMarkdown(Run run) {
    isInert(run);
    run.out()
        .lines()
        .filter(line -> !line.startsWith("    "))
        .map(line -> line.replace("http://localhost:" + PORT + "/health", ""))
        .map(line -> CODE.matcher(line).replaceAll(""))
        .forEach(
            line -> {
              assertThat(LIVE.matcher(line).find()).as(line).isFalse();
              assertThat(line).doesNotStartWith("```").doesNotStartWith("~~~");
            });
    assertThat(run.out().lines().filter(line -> line.startsWith("# "))).isEmpty();
  }
}
