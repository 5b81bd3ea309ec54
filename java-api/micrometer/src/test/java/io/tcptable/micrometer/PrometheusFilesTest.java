// SPDX-License-Identifier: Apache-2.0
package io.tcptable.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The alert rules and the dashboard fit the meters. */
class PrometheusFilesTest {

  private static final Path FOLDER = Path.of("../../docs/prometheus");
  private static final Pattern NAME = Pattern.compile("\\btcptable_[a-z_]+");

  @ParameterizedTest
  @ValueSource(strings = {"check rules tcptable.rules.yml", "test rules tcptable.rules.test.yml"})
  void promtoolAcceptsTheRules(String command) throws IOException, InterruptedException {
    Path promtool = Path.of("/usr/bin/promtool");
    assumeThat(Files.isExecutable(promtool)).as("promtool").isTrue();
    Process run =
        new ProcessBuilder((promtool + " " + command).split(" ", -1))
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(run.waitFor()).as(said).isZero();
    assertThat(said).contains("SUCCESS");
  }

  /** Owners aside, each meter is in the registry at once. */
  @ParameterizedTest
  @ValueSource(strings = {"tcptable.rules.yml", "tcptable.dashboard.json"})
  void eachNameIsThatOfAMeter(String file) throws IOException {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    TcpPortMetrics.of(3001).bindTo(registry);
    Set<String> published = names(registry.scrape());
    published.add("tcptable_owner_sockets");

    assertThat(names(Files.readString(FOLDER.resolve(file))))
        .hasSizeGreaterThan(4)
        .isSubsetOf(published);
  }

  @Test
  void theTestsOfTheRulesFireEachOfThem() throws IOException {
    String tests = Files.readString(FOLDER.resolve("tcptable.rules.test.yml"));

    assertThat(
            Pattern.compile("- alert: (\\w+)")
                .matcher(Files.readString(FOLDER.resolve("tcptable.rules.yml")))
                .results()
                .map(it -> it.group(1)))
        .hasSizeGreaterThan(4)
        .allMatch(alert -> tests.contains("alertname: " + alert));
  }

  private static Set<String> names(String text) {
    return NAME.matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
