// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.program.Run;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret in a command line or in the URL of a health check is in no ticket. */
@NeedsRoot
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class SecretsIT {

  private static final String SECRET = "hunter2Hunter2Hunter2";

  @AutoClose private final HostileHost host = new HostileHost();

  /** Arguments of a server, as literals of bytes in Python. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "b'--password', b'%s'",
        "b'--password=%s'",
        "b'-Ddb.password=%s'",
        "b'--db-passwd', b'%s with spaces'",
        "b'API_KEY=%s'",
        "b'--token=%s', b'--verbose'",
        "b'-u', b'me:%s'",
        "b'postgres://me:%s@db/x'",
        "b'--url=https://%s@host/'",
        "b'amqp://me:%s@[::1]:5672/%%2f'",
        "b'-H', b'Authorization: Bearer %s'",
        "b'-H', b'Authorization: Basic %s'",
        "b'{\"secret\": \"%s\"}'",
        "b'--opts', b'user=me;password=%s;x=1'",
        "b'ghp_%s'",
        "b'AWS_SECRET_ACCESS_KEY=%s'",
      })
  void ofACommandLine(String words) throws IOException {
    try (Attack attack = host.attack()) {
      attack.attacker().run("arguments(b'server', " + words.formatted(SECRET) + ")\nhang()");

      Run masked = attack.diagnose("--markdown");
      Run shown = attack.diagnose("--markdown", "--show-secrets");

      assertThat(masked.out()).contains("***").doesNotContain(SECRET);
      assertThat(masked.err()).doesNotContain(SECRET);
      assertThat(shown.out()).contains(SECRET);
    }
  }

  /** With credentials of which some are no valid URL. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://me:%s@localhost:PORT/health",
        "http://%s@localhost:PORT/health",
        "https://me:%s@localhost:PORT/health",
        "tcp://me:%s@localhost:PORT",
        "http://me:%s@nowhere.invalid:PORT/",
        "http://me:%s@localhost:99999/",
        "http://me:%s@/",
        "http://me:%s @localhost/",
        "http://me:%s@local host/",
        "http://me:p%%zz%s@localhost/",
        "ftp://me:%s@localhost/",
        "me:%s@localhost",
        "http://me:%s@[::1/",
      })
  void ofAHealthCheck(String url) throws IOException {
    try (Attack attack = host.attack()) {
      attack.attacker().run("hang()");
      String health = url.formatted(SECRET).replace("PORT", attack.port());

      for (String form : new String[] {"--json", "--markdown", "--debug"}) {
        assertHidesSecret(attack.diagnose(form, "--health", health));
        if (!form.equals("--markdown")) {
          assertHidesSecret(
              attack.tcptable(
                  "restart", attack.port(), "--dry-run", form, "--health", health, "--", "true"));
        }
      }
      assertHidesSecret(
          attack.tcptable("wait", attack.port(), "--timeout", "1s", "--health", health));
    }
  }

  private static void assertHidesSecret(Run run) {
    assertThat(run.out() + run.err()).isNotEmpty().doesNotContain(SECRET);
  }
}
