// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.guard;

import io.tcptable.guard.GuardEnd;
import io.tcptable.guard.GuardEvent;
import io.tcptable.guard.PortGuard;
import io.tcptable.health.HealthProbe;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.Phrase;
import io.tcptable.program.command.Arguments;
import io.tcptable.program.command.Command;
import io.tcptable.program.command.ExitCode;
import io.tcptable.program.command.PortArgument;
import io.tcptable.program.command.SignalGuard;
import io.tcptable.program.diagnose.DiagnosisMarkdown;
import io.tcptable.program.foreign.EventLine;
import io.tcptable.program.report.ReportPage;
import io.tcptable.program.restart.StartOptions;
import io.tcptable.program.terminal.Terminal;
import io.tcptable.restart.PortRestart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code tcptable guard}: starts a server, watches it, and restarts it when it hangs. */
public final class GuardCommand extends Command {

  private static final String EXAMPLE = "tcptable guard 3001 -- python3 server.py";

  /** Beyond the grace period: to kill what did not terminate, and to say so. */
  private static final Duration TIME_TO_END = Duration.ofSeconds(20);

  private final PositionalParamSpec port = onePortOrAddress();

  private final OptionSpec interval = time("--interval", "Time between two looks (default 5s).");
  private final OptionSpec badFor =
      time("--bad-for", "How long the server must be bad before it is restarted (default 30s).");
  private final OptionSpec deadline =
      time("--deadline", "How long a health check may take (default 5s).");
  private final OptionSpec grace =
      time(
          "--grace", "How long the server may take to terminate before it is killed (default 5s).");
  private final OptionSpec backoff =
      time(
          "--backoff",
          "Delay before the second restart; the first is made at once, and the delay doubles"
              + " (default 1s).");
  private final OptionSpec maxBackoff =
      time("--max-backoff", "The longest delay before a restart (default 1m).");

  private final OptionSpec maxRestarts =
      option(
          OptionSpec.builder("--max-restarts")
              .paramLabel("NUMBER")
              .type(Integer.class)
              .converters(Arguments::number)
              .description("Give up after so many restarts within --within (default 5)."));

  private final OptionSpec within =
      time("--within", "The time in which restarts are counted (default 10m).");

  private final OptionSpec always =
      flag("Start the server again also if it ends with exit code 0.", "--always");

  private final OptionSpec evidence =
      option(
          OptionSpec.builder("--evidence")
              .paramLabel("DIR")
              .type(Path.class)
              .converters(Arguments::path)
              .description(
                  "Where evidence is saved, in PORT/TIME/ (default tcptable/guard in "
                      + Platforms.current().phrases().of(Phrase.HELP_STATE_DIRECTORY)
                      + ")."));

  private final OptionSpec json =
      flag("Print one JSON object a line (schema tcptable.guard/1).", "--json");

  private final StartOptions start = new StartOptions(this);

  public GuardCommand(Terminal terminal) {
    super("guard", terminal);
    spec.usageMessage()
        .header("Start a server, watch it, and restart it when it hangs or is down.")
        .customSynopsis("tcptable guard PORT [OPTIONS] -- COMMAND [ARGUMENT...]")
        .exitCodeList(GuardCode.meanings())
        .footer(GuardHelp.text());
  }

  @Override
  protected int run() {
    PortArgument on = given(port, PortArgument.class, EXAMPLE);
    PortGuard.Request request = request(on, start.command(EXAMPLE));
    Optional<ServiceNotifier> service = ServiceNotifier.of(System.getenv(), terminal::warn);
    if (service.isPresent()) {
      request = request.listener(service.get()::tell);
    }
    SignalGuard interruption =
        SignalGuard.ofThisThread(
            terminal, given(grace, PortRestart.DEFAULT_GRACE).plus(TIME_TO_END));
    Reaper reaper = Reaper.start(terminal::warn);
    try (PortGuard guard = request.start()) {
      service.ifPresent(it -> it.watch(guard::isStuck));
      return code(await(guard));
    } finally {
      reaper.close();
      service.ifPresent(ServiceNotifier::close);
      interruption.over();
    }
  }

  private PortGuard.Request request(PortArgument on, String... command) {
    PortGuard.Request request =
        on.address()
            .map(address -> PortGuard.request(address, command))
            .orElseGet(() -> PortGuard.request(on.port(), command));
    Duration time = deadline.getValue();
    HealthProbe probe = start.health(on);
    try {
      request =
          request
              .restart(restart -> start.applyTo(withoutService(restart), on))
              .health(time == null ? probe : probe.deadline(time))
              .interval(given(interval, PortGuard.DEFAULT_INTERVAL))
              .badFor(given(badFor, PortGuard.DEFAULT_BAD_FOR))
              .grace(given(grace, PortRestart.DEFAULT_GRACE))
              .backoff(
                  given(backoff, PortGuard.DEFAULT_BACKOFF),
                  given(maxBackoff, PortGuard.DEFAULT_LONGEST_BACKOFF))
              .restarts(
                  maxRestarts.getValue() instanceof Integer most
                      ? most
                      : PortGuard.DEFAULT_RESTARTS,
                  given(within, PortGuard.DEFAULT_WITHIN));
    } catch (IllegalArgumentException e) {
      throw misused(String.valueOf(e.getMessage()));
    }
    Path place = evidence.getValue();
    if (place != null) {
      request = request.evidence(place);
    }
    if (isSet(always)) {
      request = request.always();
    }
    return request
        .evidenceFile("diagnosis.md", DiagnosisMarkdown::text)
        .evidenceFile("report.html", ReportPage::text)
        .listener(this::print);
  }

  /** What systemd wants to know of the guard, the server must not tell it. */
  private static PortRestart withoutService(PortRestart restart) {
    PortRestart without = restart;
    for (String variable : ServiceNotifier.VARIABLES) {
      without = without.unsetEnvironment(variable);
    }
    return without;
  }

  /** By the thread of the guard, while this one waits. */
  private void print(GuardEvent event) {
    if (isSet(json)) {
      terminal.out().println(event.toJson());
    } else {
      String kind = event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      terminal.out().println(EventLine.of(event.at(), kind, event.message()));
    }
    terminal.out().flush();
  }

  private static GuardEnd await(PortGuard guard) {
    try {
      return guard.await();
    } catch (InterruptedException e) {
      guard.close();
      return ended(guard);
    }
  }

  private static GuardEnd ended(PortGuard guard) {
    try {
      return guard.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted although the guard has ended", e);
    }
  }

  private int code(GuardEnd end) {
    int code = GuardCode.of(end.reason());
    if (code != ExitCode.FOUND) {
      terminal.warn(end.message());
    }
    return code;
  }
}
