// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.record;

import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.health.HealthProbe;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.program.command.Command;
import io.tcptable.program.command.HealthOptions;
import io.tcptable.program.command.PortArgument;
import java.time.Duration;
import picocli.CommandLine.Model.OptionSpec;

/** The options of what is recorded; the same for each command that records. */
public final class RecordOptions {

  private final Command command;
  private final OptionSpec time;
  private final OptionSpec interval;
  private final OptionSpec noProbe;
  private final OptionSpec deadline;
  private final HealthOptions health;

  /** Adds them to a command. */
  public RecordOptions(Command command) {
    this.command = command;
    time = command.time("--for", "How long to record (default 1m).");
    interval = command.time("--interval", "Time between two samples (default 1s).");
    noProbe =
        command.flag("Leave the health check out: nothing is sent to the server.", "--no-probe");
    deadline = command.time("--deadline", "How long a health check may take (default 5s).");
    health = new HealthOptions(command);
  }

  /** Whether any of them is given. */
  public boolean isGiven() {
    return time.getValue() != null
        || interval.getValue() != null
        || Command.isSet(noProbe)
        || isProbeGiven();
  }

  private boolean isProbeGiven() {
    return deadline.getValue() != null || health.isGiven();
  }

  /** What records a port, or one address of it, as they say. */
  public Recorder recorder(PortArgument on) {
    if (Command.isSet(noProbe) && isProbeGiven()) {
      throw command.misused(
          "--no-probe leaves the health check out; give no option of the health check");
    }
    Duration each = interval.getValue();
    if (each != null && each.compareTo(Recorder.SHORTEST_INTERVAL) < 0) {
      throw command.misused(
          DurationText.of(each)
              + " is shorter than "
              + DurationText.of(Recorder.SHORTEST_INTERVAL));
    }
    if (each != null && each.compareTo(Duration.ofDays(1)) > 0) {
      throw command.misused(DurationText.of(each) + " is longer than a day");
    }
    PortDiagnosis.Request request =
        on.address().map(PortDiagnosis::request).orElseGet(() -> PortDiagnosis.request(on.port()));
    return new Recorder(
        on,
        Command.given(time, Recorder.DEFAULT_TIME),
        Command.given(interval, Recorder.DEFAULT_INTERVAL),
        (Command.isSet(noProbe) ? request.withoutHealthCheck() : request.health(probe(on)))::run);
  }

  private HealthProbe probe(PortArgument on) {
    HealthProbe probe = health.probe(on);
    Duration longest = deadline.getValue();
    return longest == null ? probe : probe.deadline(longest);
  }
}
