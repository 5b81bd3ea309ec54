// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.diagnose;

import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.diagnose.ProcessEvidence;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.internal.wording.Excerpt;
import io.tcptable.process.ProcessStatus;
import io.tcptable.program.foreign.Secrets;
import io.tcptable.program.foreign.TerminalText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The owners of a port for people: the cells of a table, one line for each of them. */
final class ProcessTable {

  static final String[] TITLES = {
    "Owner", "State", "Age", "User", "Files", "Started by", "Command"
  };

  private static final String UNKNOWN = "?";

  private final Secrets secrets;
  private final Instant now;
  private final Map<Long, ProcessEvidence> known;
  private final List<ProcessEvidence> owners;

  /**
   * @param secrets masks the command lines
   */
  ProcessTable(PortDiagnosis diagnosis, Secrets secrets) {
    this.secrets = secrets;
    this.now = diagnosis.table().takenAt();
    this.owners = diagnosis.owners();
    this.known =
        Stream.concat(owners.stream(), diagnosis.ancestors().stream())
            .collect(Collectors.toMap(ProcessEvidence::pid, Function.identity()));
  }

  /** The system knows the start to 10 ms: one that has just started may seem to start later. */
  private Duration age(ProcessEvidence owner) {
    Duration age = Duration.between(owner.startedAt(), now);
    return age.isNegative() ? Duration.ZERO : age;
  }

  List<String[]> rows() {
    List<String[]> rows = new ArrayList<>();
    for (ProcessEvidence owner : owners) {
      rows.add(
          new String[] {
            text(owner),
            owner.status().map(status -> status.state().name()).orElse(UNKNOWN),
            DurationText.of(age(owner)),
            TerminalText.of(owner.user().orElse(UNKNOWN)),
            owner.status().map(ProcessTable::descriptors).orElse(UNKNOWN),
            parent(owner),
            command(owner)
          });
    }
    return rows;
  }

  private String command(ProcessEvidence owner) {
    if (owner.commandLine().isEmpty() && owner.commandLineOmitted() == 0) {
      return owner
          .status()
          .flatMap(ProcessStatus::unanswered)
          .map(waited -> "unknown: did not answer within " + DurationText.of(waited))
          .orElse(UNKNOWN);
    }
    // Masked before it is cut to a line, as half a secret looks like none; but not all 15,000
    // words.
    Excerpt words = Excerpt.of(owner.commandLine(), Integer.MAX_VALUE, Excerpt.FIELD);
    int omitted = words.omitted() + owner.commandLineOmitted();
    return TerminalText.of(Excerpt.line(secrets.in(words.shown()), omitted).strip());
  }

  private String parent(ProcessEvidence process) {
    OptionalLong pid = process.parent();
    if (pid.isEmpty()) {
      return UNKNOWN;
    }
    ProcessEvidence parent = known.get(pid.getAsLong());
    return parent == null ? "PID " + pid.getAsLong() : text(parent);
  }

  private static String text(ProcessEvidence process) {
    return TerminalText.of(process.name()) + "(" + process.pid() + ")";
  }

  /** Open descriptors, and how many there may be. */
  private static String descriptors(ProcessStatus status) {
    return text(status.openDescriptors()) + " of " + text(status.descriptorLimit());
  }

  private static String text(OptionalLong number) {
    if (number.isEmpty()) {
      return UNKNOWN;
    }
    return number.getAsLong() == Long.MAX_VALUE ? "any" : Long.toString(number.getAsLong());
  }
}
