package io.tcptable.cli;

import io.tcptable.diagnose.HealthProbe;
import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.diagnose.PortExamination;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code tcptable diagnose}: why a port does not answer, and what to do. */
final class DiagnoseCommand extends Command {

  private final PositionalParamSpec port = port();

  private final OptionSpec health =
      option(
          OptionSpec.builder("--health")
              .paramLabel("URL")
              .type(String.class)
              .description(
                  "What tells its health: http://, https://, or tcp://HOST:PORT for a connection"
                      + " only. By default http://localhost:PORT/health, where a page that is not"
                      + " there is no fault."));

  private final OptionSpec expectStatus =
      option(
          OptionSpec.builder("--expect-status")
              .paramLabel("STATUS")
              .type(Integer.class)
              .converters(Arguments::status)
              .description("The only status that will do; by default 200 to 299."));

  private final OptionSpec expectBody =
      option(
          OptionSpec.builder("--expect-body")
              .paramLabel("TEXT")
              .type(String.class)
              .description("Text that must be in the body."));

  private final OptionSpec expectJson =
      option(
          OptionSpec.builder("--expect-json")
              .paramLabel("JSON")
              .type(String.class)
              .description(
                  "What the JSON of the body must hold, such as '{\"status\": \"healthy\"}'; there"
                      + " may be more in it."));

  private final OptionSpec deadline =
      option(
          OptionSpec.builder("--deadline")
              .paramLabel("TIME")
              .type(Duration.class)
              .converters(Arguments::duration)
              .description("How long to wait for the whole answer, such as 500ms; by default 5s."));

  private final OptionSpec slow =
      option(
          OptionSpec.builder("--slow")
              .paramLabel("TIME")
              .type(Duration.class)
              .converters(Arguments::duration)
              .description("From when on an answer is too slow; by default 2s."));

  private final OptionSpec threads =
      flag("Also ask owners that are JVMs what their threads do.", "--threads");

  private final OptionSpec json =
      flag("Print one JSON object, schema tcptable.diagnosis/1.", "--json");

  private final OptionSpec markdown =
      flag("Print Markdown, to be pasted into a ticket.", "--markdown");

  DiagnoseCommand(Terminal terminal) {
    super("diagnose", terminal);
    spec.usageMessage()
        .header("Say why a port does not answer, and what to do.")
        .customSynopsis("tcptable diagnose [OPTIONS] PORT")
        .exitCodeList(VerdictCode.meanings())
        .footer(DiagnoseHelp.TEXT);
  }

  private PositionalParamSpec port() {
    PositionalParamSpec only =
        PositionalParamSpec.builder()
            .paramLabel("PORT")
            .index("0")
            .arity("0..1")
            .type(Integer.class)
            .converters(Arguments::port)
            .description("The port, as 3001 or :3001.")
            .build();
    spec.addPositional(only);
    return only;
  }

  @Override
  int run() throws IOException {
    Integer number = port.getValue();
    if (number == null) {
      throw misused("no port given: say for example 'tcptable diagnose 3001'");
    }
    if (isSet(json) && isSet(markdown)) {
      throw misused("--json and --markdown exclude each other: choose one");
    }
    PortExamination examination = PortExamination.of(number).health(probe(number));
    try {
      return print((isSet(threads) ? examination.threadDumps() : examination).run());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      terminal.warn("interrupted");
      return ExitCode.FAILED;
    }
  }

  private int print(PortDiagnosis diagnosis) throws IOException {
    if (isSet(json)) {
      DiagnosisJson.print(diagnosis, terminal.out());
    } else if (isSet(markdown)) {
      new DiagnosisMarkdown(terminal.out()).print(diagnosis);
    } else {
      new DiagnosisText(terminal, isColoured()).print(diagnosis);
    }
    return VerdictCode.of(diagnosis.verdict());
  }

  private HealthProbe probe(int number) {
    try {
      String url = health.getValue();
      return expecting(url == null ? HealthProbe.of(number) : HealthProbe.of(new URI(url)));
    } catch (URISyntaxException e) {
      throw misused("'" + e.getInput() + "' is not a URL: " + e.getReason());
    } catch (IllegalArgumentException e) {
      throw misused(String.valueOf(e.getMessage()));
    }
  }

  private HealthProbe expectingJson(HealthProbe probe, String members) {
    try {
      return probe.expectJson(members);
    } catch (IllegalArgumentException e) {
      throw misused("'" + members + "' is not JSON: " + e.getMessage());
    }
  }

  private HealthProbe expecting(HealthProbe probe) {
    HealthProbe expecting = probe;
    Integer status = expectStatus.getValue();
    if (status != null) {
      expecting = expecting.expectStatus(status);
    }
    String text = expectBody.getValue();
    if (text != null) {
      expecting = expecting.expectBody(text);
    }
    String members = expectJson.getValue();
    if (members != null) {
      expecting = expectingJson(expecting, members);
    }
    Duration time = deadline.getValue();
    if (time != null) {
      expecting = expecting.deadline(time);
    }
    Duration late = slow.getValue();
    return late == null ? expecting : expecting.slowAfter(late);
  }
}
