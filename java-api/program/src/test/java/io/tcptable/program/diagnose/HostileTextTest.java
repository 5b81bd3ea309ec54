// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.TcpQuery;
import io.tcptable.TcpTable;
import io.tcptable.diagnose.Finding;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.diagnose.FindingCode;
import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.diagnose.ProcessEvidence;
import io.tcptable.diagnose.Verdict;
import io.tcptable.health.HealthResult;
import io.tcptable.program.Json;
import io.tcptable.program.foreign.Secrets;
import io.tcptable.program.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever others choose, in each place where it is printed, in each form of the answer. */
class HostileTextTest {

  private static final String LIVE =
      "@admin #1 o/r#2 <img src=x> [x](http://y) ![z](w) `a` ```b www.evil.example"
          + " http://evil.example **c** |d| &lt; \\ me@evil.example deadbeef1234567";

  private static final String CONTROLS =
      "\u001b[31m\u0007\r\u0000\u0085\u009b2J\u202e\u2066\u200b\ud83d x\n# heading\n- item\ty";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private static PortDiagnosis diagnosis(String hostile, List<String> command) {
    return diagnosis(hostile, command, hostile);
  }

  private static PortDiagnosis diagnosis(String hostile, List<String> command, String threads) {
    Finding finding =
        new Finding(
            FindingCode.SEVERAL_SERVERS,
            Severity.CRITICAL,
            Confidence.CERTAIN,
            "cause " + hostile,
            List.of(1L),
            hostile,
            Map.of("figure", hostile),
            hostile,
            List.of(new Advice.Hint(hostile), new Advice.Command(hostile)));
    ProcessEvidence owner =
        new ProcessEvidence(
            4242,
            Instant.EPOCH,
            hostile,
            OptionalLong.of(1),
            command,
            0,
            Optional.of(Path.of("/x")),
            Optional.of(Path.of("/x")),
            Optional.of(hostile),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(hostile),
            Optional.of(hostile),
            Optional.empty());
    return new PortDiagnosis(
        3001,
        Optional.empty(),
        Verdict.HANGING,
        "Port 3001 hangs: " + hostile,
        List.of(finding),
        new HealthResult(
            URI.create("http://localhost:3001/health"),
            true,
            HealthResult.Outcome.NO_RESPONSE,
            hostile,
            List.of()),
        TcpTable.snapshot(TcpQuery.all().localPort(1).withoutOwners()),
        Duration.ofSeconds(1),
        List.of(owner),
        List.of(),
        Map.of(4242L, threads),
        Map.of());
  }

  private String asText(PortDiagnosis diagnosis) {
    Terminal terminal = new Terminal(bytes, bytes, StandardCharsets.UTF_8, false, Map.of());
    new DiagnosisText(terminal, false).print(diagnosis);
    terminal.out().flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private String asMarkdown(PortDiagnosis diagnosis, boolean showSecrets) {
    new DiagnosisMarkdown(out, Secrets.of(showSecrets)).print(diagnosis);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private String asJson(PortDiagnosis diagnosis) throws IOException {
    DiagnosisJson.print(diagnosis, out);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void noControlReachesATerminal() {
    assertThat(asText(diagnosis(CONTROLS, List.of(CONTROLS)))).satisfies(HostileTextTest::isPlain);
  }

  @Test
  void noControlReachesATicketAndNoLineBreaksOut() {
    String markdown = asMarkdown(diagnosis(CONTROLS, List.of(CONTROLS)), false);

    assertThat(markdown).satisfies(HostileTextTest::isPlain);
    assertThat(markdown.lines())
        .noneMatch(line -> line.startsWith("# ") || line.startsWith("- item"));
  }

  @Test
  void noControlReachesTheReaderOfJson() throws IOException {
    String json = asJson(diagnosis(CONTROLS, List.of(CONTROLS)));

    assertThat(json.strip()).matches("[ -~]*");
    assertThat(Json.text(Json.list(Json.object(json), "findings").get(0), "seen"))
        .isEqualTo(CONTROLS);
  }

  private static void isPlain(String text) {
    assertThat(text.chars())
        .allMatch(
            c ->
                c == '\n'
                    || !(Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.SURROGATE));
  }

  @Test
  void nothingIsLiveInATicket() {
    String markdown = asMarkdown(diagnosis(LIVE, List.of(LIVE)), false);

    // What is in a code span, or indented as a block of code, does nothing.
    String live =
        markdown
            .replaceAll("(?m)^    .*$", "")
            .replaceAll("(?<!`)(`+)(?!`).*?(?<!`)\\1(?!`)", "CODE");
    assertThat(live)
        .contains("CODE")
        .doesNotContain("@", "://", "www.", "<", "[", "]", "*", "\\", "`", "&", "deadbeef")
        .doesNotContainPattern("#\\d");
    // A bar in a cell is escaped in a code span, too.
    assertThat(markdown.lines().filter(line -> line.startsWith("| ")))
        .allMatch(
            line ->
                line.split("(?<!\\\\)\\|", -1).length == 9
                    || line.split("(?<!\\\\)\\|", -1).length == 4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTicketHoldsNoSecretUnlessItIsToldTo(boolean show) {
    List<String> command =
        List.of(
            "app",
            "--password",
            "HUSH 1",
            "--token=HUSH2",
            "db://u:HUSH3@h/x",
            "AKIAHUSHHUSHHUSHHUSH");
    String text = "tcptable restart 3001 -- " + String.join(" ", command);

    String markdown = asMarkdown(diagnosis(text, command), show);

    assertThat(markdown.contains("HUSH")).isEqualTo(show);
    assertThat(markdown.split("`--show-secrets` keeps it", -1)).hasSize(show ? 1 : 2);
  }

  @Test
  void withoutASecretThereIsNoWordOfIt() {
    assertThat(asMarkdown(diagnosis("x", List.of("java", "-jar", "a.jar")), false))
        .doesNotContain("secret", "***");
  }

  @Test
  void whatIsVeryLongIsCutInEachForm() throws IOException {
    String argument = "x".repeat(1_800_000);
    PortDiagnosis diagnosis =
        diagnosis(
            argument,
            Collections.nCopies(15_000, "/var/log/app.log " + argument.substring(1_799_000)),
            "");

    assertThat(asText(diagnosis)).hasSizeLessThan(300_000).contains(" characters)", " arguments)");
    bytes.reset();
    assertThat(asMarkdown(diagnosis, false)).hasSizeLessThan(300_000).contains("characters)");
    bytes.reset();
    Map<String, Object> process = Json.list(Json.object(asJson(diagnosis)), "processes").get(0);
    assertThat(bytes.size()).isLessThan(3_000_000);
    assertThat(Json.number(process, "commandLineOmitted")).isGreaterThan(14_000);
  }
}
