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
import io.tcptable.diagnose.Verdict;
import io.tcptable.health.HealthResult;
import io.tcptable.program.foreign.Secrets;
import io.tcptable.program.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A command that ends in a full stop is a command in each form of the answer. */
class PrintedAdviceTest {

  private static final String RESTART = "tcptable restart 3001 -- python3 srv.py 3001 .";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private static PortDiagnosis diagnosis() {
    Advice restart =
        new Advice.Restart(
            3001, List.of("python3", "srv.py", "3001", "."), Optional.empty(), Optional.empty());
    Finding finding =
        new Finding(
            FindingCode.SEVERAL_SERVERS,
            Severity.CRITICAL,
            Confidence.CERTAIN,
            "2 independent servers listen",
            List.of(1L, 2L),
            "seen",
            Map.of(),
            "meaning",
            List.of(new Advice.Hint("Think first"), restart, new Advice.Command("docker build .")));
    return new PortDiagnosis(
        3001,
        Optional.empty(),
        Verdict.HANGING,
        "Port 3001 hangs.",
        List.of(finding),
        new HealthResult(
            URI.create("http://localhost:3001/health"),
            true,
            HealthResult.Outcome.NO_RESPONSE,
            "no answer",
            List.of()),
        TcpTable.snapshot(TcpQuery.all().localPort(1).withoutOwners()),
        Duration.ofSeconds(1),
        List.of(),
        List.of(),
        Map.of(),
        Map.of());
  }

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void asText() {
    Terminal terminal =
        new Terminal(
            bytes,
            new ByteArrayOutputStream(),
            StandardCharsets.UTF_8,
            false,
            Map.of("COLUMNS", "80"),
            null);
    new DiagnosisText(terminal, false).print(diagnosis());
    terminal.out().flush();
    assertThat(lines())
        .contains("  Think first", "  > docker build .")
        .last()
        .isEqualTo("Next: " + RESTART);
  }

  @Test
  void asMarkdown() {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    new DiagnosisMarkdown(out, Secrets.of(false)).print(diagnosis());
    assertThat(lines()).contains("Next: `" + RESTART + "`", "- Think first", "- `docker build .`");
  }

  @Test
  void asJson() throws Exception {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    DiagnosisJson.print(diagnosis(), out);
    assertThat(
            bytes
                .toString(StandardCharsets.UTF_8)
                .replaceAll("\\s+\"", "\"")
                .replaceAll("\" *: *", "\":"))
        .contains("{\"kind\":\"hint\",\"text\":\"Think first\"")
        .contains("{\"kind\":\"command\",\"text\":\"" + RESTART + "\"")
        .contains("{\"kind\":\"command\",\"text\":\"docker build .\"");
  }
}
