// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks like a secret is masked, and what does not is kept. */
class SecretsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "app --db postgres://me:HUSH@db/x | app --db postgres://***@db/x",
        "git clone https://HUSH@github.com/a/b | git clone https://***@github.com/a/b",
        "http://u:HU%20SH@h:1/p?token=HUSH&x=1 | http://***@h:1/p?token=***&x=1",
        "app --password=HUSH --port 3001 | app --password=*** --port 3001",
        "app --password HUSH --port 3001 | app --password *** --port 3001",
        "app --password 'HUSH it' next | app --password *** next",
        "app --password \"HUSH it\" next | app --password *** next",
        "app --password 'HUSH'\\''HUSH' next | app --password *** next",
        "app --password 'HUSH''HUSH' next | app --password *** next",
        "app --password 'HUSH that was cut | app --password ***",
        "app --db-passwd HUSH | app --db-passwd ***",
        "app --api-key=HUSH;x | app --api-key=***;x",
        "java -Dspring.datasource.password=HUSH -jar a.jar | java -Dspring.datasource.password=*** -jar"
            + " a.jar",
        "env DB_PASSWORD=HUSH AWS_SECRET_ACCESS_KEY=HUSH x | env DB_PASSWORD=***"
            + " AWS_SECRET_ACCESS_KEY=*** x",
        "{\"password\": \"HUSH\", \"port\": 1} | {\"password\": ***, \"port\": 1}",
        "curl -H 'Authorization: Bearer HUSHHUSH.x' | curl -H 'Authorization: Bearer ***'",
        "sent bearer HUSHHUSHHUSH to it | sent bearer *** to it",
        "x ghp_HUSHHUSHHUSHHUSHHUSH y | x *** y",
        "x AKIAHUSHHUSHHUSHHUSH y | x *** y",
        "x eyJHUSHHUSHHUSH.eyJHUSH.HUSH y | x *** y",
      })
  void inATextIsMasked(String text, String safe) {
    Secrets secrets = Secrets.of(false);

    assertThat(secrets.in(text)).isEqualTo(safe).doesNotContain("HUSH");
    assertThat(secrets.hasMasked()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "python3 srv.py 24981 .",
        "java -jar app.jar --port=3001 --tokenizer fast --author me --bypass",
        "http://localhost:3001/health?x=a",
        "mail a@b.example",
        "/home/me/passwords.txt",
        "--password --next",
        "the tokens of a bearer",
        "python3(4242) listens on 127.0.0.1:3001",
        "sk-1 and eyJ and AKIA",
      })
  void whatIsNoneIsKept(String text) {
    Secrets secrets = Secrets.of(false);

    assertThat(secrets.in(text)).isEqualTo(text);
    assertThat(secrets.in(List.of(text.split(" ")))).containsExactly(text.split(" "));
    assertThat(secrets.hasMasked()).isFalse();
  }

  @Test
  void aWordOfACommandIsMaskedToItsEnd() {
    Secrets secrets = Secrets.of(false);

    assertThat(
            secrets.in(
                List.of(
                    "app",
                    "--password",
                    "HUSH it, 'now'",
                    "--token=HUSH it",
                    "DB_PASSWORD=HUSH\nHUSH",
                    "-u",
                    "me:HUSH it",
                    "--user",
                    "me",
                    "3001")))
        .containsExactly(
            "app",
            "--password",
            "***",
            "--token=***",
            "DB_PASSWORD=***",
            "-u",
            "me:***",
            "--user",
            "me",
            "3001");
    assertThat(secrets.hasMasked()).isTrue();
  }

  @Test
  void onDemandNothingIsMasked() {
    Secrets secrets = Secrets.of(true);

    assertThat(secrets.in("--password=x")).isEqualTo("--password=x");
    assertThat(secrets.in(List.of("--password", "x"))).containsExactly("--password", "x");
    assertThat(secrets.hasMasked()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "-",
        "password",
        "=",
        "'",
        "://",
        "@",
        "--password='",
        "x:",
        "eyJ",
        "eyJ-",
        "token="
      })
  @Timeout(60)
  void aVeryLongTextTakesNoTimeToSpeakOf(String piece) {
    assertThat(Secrets.of(false).in(piece.repeat(Excerpt.FIELD / piece.length()))).isNotEmpty();
  }
}
