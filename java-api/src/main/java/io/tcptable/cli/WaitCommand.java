package io.tcptable.cli;

import io.tcptable.restart.PortWait;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code tcptable wait}: waits until a port is as wanted. */
final class WaitCommand extends Command {

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private final PositionalParamSpec port = onePort();

  private final OptionSpec listening =
      flag("Until somebody listens on it, whoever it is.", "--listening");

  private final OptionSpec free = flag("Until nobody listens on it and it can be bound.", "--free");

  private final OptionSpec healthy = flag("Until its server is healthy.", "--healthy");

  private final OptionSpec timeout =
      option(
          OptionSpec.builder("--timeout")
              .paramLabel("TIME")
              .type(Duration.class)
              .converters(Arguments::duration)
              .description("How long, such as 500ms, 5s or 2m; by default 30s."));

  private final HealthOptions health = new HealthOptions(this);

  WaitCommand(Terminal terminal) {
    super("wait", terminal);
    spec.usageMessage()
        .header("Wait until a port is listened on, free or healthy.")
        .customSynopsis("tcptable wait PORT --listening|--free|--healthy [OPTIONS]")
        .exitCodeList(meanings())
        .footer(RestartHelp.WAIT);
  }

  private static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>(ExitCode.MEANINGS);
    meanings.put("0", "it is so");
    meanings.put("1", "it was not so within the time");
    return meanings;
  }

  @Override
  int run() {
    int number = given(port, "tcptable wait 3001 --listening");
    if (Stream.of(listening, free, healthy).filter(Command::isSet).count() != 1) {
      throw misused("say what to wait for: one of --listening, --free and --healthy");
    }
    Duration longest = timeout.getValue();
    try {
      PortWait.Result result = wanted(number).await(longest == null ? DEFAULT_TIMEOUT : longest);
      String said = result.detail() + ", after " + DurationText.of(result.duration());
      if (result.isMet()) {
        terminal.out().println(Printable.of(said));
        return ExitCode.FOUND;
      }
      terminal.warn(said);
      return ExitCode.NOTHING_FOUND;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      terminal.warn("interrupted");
      return ExitCode.FAILED;
    }
  }

  private PortWait wanted(int number) {
    if (isSet(listening)) {
      return PortWait.untilListening(number);
    }
    return isSet(free) ? PortWait.untilFree(number) : PortWait.untilHealthy(health.probe(number));
  }
}
