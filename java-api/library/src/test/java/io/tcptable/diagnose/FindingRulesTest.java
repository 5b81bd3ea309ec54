// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.process.ProcessStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FindingRulesTest {

  private static final Path TESTS = Path.of("src/test/java/io/tcptable/diagnose");
  private static final Path MAIN = Path.of("src/main/java/io/tcptable/diagnose");
  private static final Pattern FIGURE =
      Pattern.compile("\\.(?:figure|text|micros)\\(\\s*\"(\\w+)\"");
  private static final Path PAGES = Path.of("../../docs/findings");

  static List<FindingRule> rules() {
    return FindingRules.ALL;
  }

  @Test
  void thereIsOneForEachCode() {
    assertThat(FindingRules.ALL)
        .extracting(FindingRule::code)
        .containsExactlyInAnyOrder(FindingCode.values());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void eachIsNamedAfterItsCodeAndHasATest(FindingRule rule) {
    String name = rule.getClass().getSimpleName();
    assertThat(name.replaceAll("(?<=.)(?=[A-Z])", "_").toUpperCase(Locale.ROOT))
        .isEqualTo(rule.code().name());
    assertThat(TESTS.resolve(name + "Test.java")).isRegularFile();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void eachHasAPage(FindingRule rule) throws IOException {
    String page = Files.readString(PAGES.resolve(rule.code() + ".md"));
    assertThat(page)
        .startsWith("# " + rule.code() + "\n")
        .contains("\n## When it fires\n")
        .contains("\n## Evidence\n")
        .contains("\n## What to do\n")
        .contains("\n## False alarms\n");
  }

  /** The names are read from the sources of the rule and of those that it extends. */
  @ParameterizedTest
  @MethodSource("rules")
  void eachPageNamesTheEvidence(FindingRule rule) throws IOException {
    String page = Files.readString(PAGES.resolve(rule.code() + ".md"));
    for (Class<?> type = rule.getClass();
        type != FindingRule.class;
        type = Objects.requireNonNull(type.getSuperclass())) {
      Matcher figure =
          FIGURE.matcher(Files.readString(MAIN.resolve(type.getSimpleName() + ".java")));
      while (figure.find()) {
        assertThat(page).contains("`" + figure.group(1));
      }
    }
  }

  @Test
  void thereIsNoPageOfAnotherCodeAndTheIndexHasEach() throws IOException {
    try (Stream<Path> pages = Files.list(PAGES)) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(
                      Stream.of("README.md"),
                      Stream.of(FindingCode.values()).map(code -> code + ".md"))
                  .toList());
    }
    List<String> linked =
        Files.readString(PAGES.resolve("README.md"))
            .lines()
            .filter(line -> line.startsWith("| ["))
            .map(line -> line.substring(line.indexOf('[') + 1, line.indexOf(']')))
            .toList();
    assertThat(linked)
        .containsExactlyElementsOf(
            FindingRules.ALL.stream().map(rule -> rule.code().name()).toList());
  }

  @Test
  void theWorstComesFirstAndThenTheCause() {
    SceneProcess server = new SceneProcess(100).is(State.STOPPED).service("web.service");
    Scene scene =
        new Scene()
            .with(server)
            .with(listener(server).queue(3, 128))
            .with(3, SceneSocket.waiting())
            .health(Outcome.NO_RESPONSE);
    assertThat(scene.codes())
        .containsExactly(
            FindingCode.PROCESS_STOPPED,
            FindingCode.NOT_ACCEPTING,
            FindingCode.HEALTH_NO_RESPONSE,
            FindingCode.SUPERVISED,
            FindingCode.LOGS);
  }
}
