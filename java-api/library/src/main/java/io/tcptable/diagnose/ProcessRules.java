// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.ProcessStatus;
import io.tcptable.ProcessStatus.State;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.wording.Quantities;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Owners that cannot work: stopped, blocked, or out of what they need. */
final class ProcessRules {

  private static final int NEARLY_OUT_PERCENT = 90;

  private ProcessRules() {}

  static List<Finding> state(Observations evidence) {
    return evidence.owners().stream()
        .flatMap(p -> p.status().flatMap(status -> state(evidence, p, status)).stream())
        .toList();
  }

  private static Optional<Finding> state(
      Observations evidence, ProcessEvidence process, ProcessStatus status) {
    // The state is that of the first thread: others may serve.
    boolean serves = evidence.health().isHealthy();
    Severity severity = serves ? Severity.WARNING : Severity.CRITICAL;
    boolean lasting = process.stateBefore().filter(before -> before == status.state()).isPresent();
    return switch (status.state()) {
      case STOPPED ->
          Optional.of(
              draft(FindingCode.PROCESS_STOPPED, severity, process, status)
                  .seen(process + " is stopped")
                  .means(evidence.words().stopped())
                  .commands(evidence.words().resume(process.pid()))
                  .hints(evidence.words().resumeByHand())
                  .done());
      case TRACED ->
          Optional.of(
              draft(FindingCode.PROCESS_TRACED, severity, process, status)
                  .seen(process + " is stopped by a tracer" + tracer(status))
                  .figure("tracer", status.tracer())
                  .means(
                      "A debugger holds it, as at a breakpoint: "
                          + (serves
                              ? "its first thread, while others serve."
                              : "nobody serves connections."))
                  .hint("Continue or detach in the debugger.")
                  .done());
      case BLOCKED ->
          lasting
              ? Optional.of(
                  draft(FindingCode.PROCESS_BLOCKED, severity, process, status)
                      .seen(
                          process
                              + " waits inside the kernel"
                              + status.waitChannel().map(c -> " in " + c).orElse(""))
                      .means(
                          "It was seen twice in a wait that signals do not end, as a rule for a"
                              + " disk or a network file system; even SIGKILL may have to wait.")
                      .command("sudo cat /proc/" + process.pid() + "/stack")
                      .done())
              : Optional.empty();
      case ZOMBIE ->
          Optional.of(
              draft(
                      FindingCode.PROCESS_ZOMBIE,
                      serves ? Severity.INFO : Severity.CRITICAL,
                      process,
                      status)
                  .seen("the first thread of " + process + " has ended")
                  .means(
                      serves
                          ? "Others go on serving, as some programs are made."
                          : "Other threads still hold the socket, but nobody serves connections.")
                  .advise(serves ? List.of() : List.of(SuggestedCommands.restart(evidence)))
                  .done());
      default -> Optional.empty();
    };
  }

  private static Finding.Builder draft(
      FindingCode code, Severity severity, ProcessEvidence process, ProcessStatus status) {
    Finding.Builder draft =
        new Finding.Builder(
                code,
                severity,
                status.state() == State.BLOCKED ? Confidence.LIKELY : Confidence.CERTAIN)
            .of(process.pid())
            .text("state", status.state().name());
    process.stateBefore().ifPresent(before -> draft.text("stateBefore", before.name()));
    status.waitChannel().ifPresent(channel -> draft.text("waitChannel", channel));
    return draft;
  }

  private static String tracer(ProcessStatus status) {
    return status.tracer().isPresent() ? " (PID " + status.tracer().getAsLong() + ")" : "";
  }

  static List<Finding> descriptors(Observations evidence) {
    return evidence.owners().stream()
        .flatMap(p -> p.status().flatMap(status -> descriptors(p, status)).stream())
        .toList();
  }

  private static Optional<Finding> descriptors(ProcessEvidence process, ProcessStatus status) {
    OptionalLong open = status.openDescriptors();
    OptionalLong limit = status.descriptorLimit();
    if (!isNearly(open, limit)) {
      return Optional.empty();
    }
    boolean none = open.orElseThrow() >= limit.orElseThrow();
    return Optional.of(
        new Finding.Builder(
                FindingCode.DESCRIPTORS_EXHAUSTED,
                none ? Severity.CRITICAL : Severity.WARNING,
                Confidence.CERTAIN)
            .of(process.pid())
            .seen(
                process
                    + " has "
                    + open.orElseThrow()
                    + " of "
                    + limit.orElseThrow()
                    + " descriptors open")
            .figure("open", open)
            .figure("limit", limit)
            .means(
                none
                    ? "It can neither accept a connection nor open a file (EMFILE): clients wait in"
                        + " the accept queue."
                    : "When the rest is used up it can no longer accept connections.")
            .advise(SuggestedCommands.list(process))
            .hint("Raise its limit (ulimit -n, LimitNOFILE= of a service) if it needs that many.")
            .done());
  }

  static List<Finding> memory(Observations evidence) {
    return evidence.owners().stream()
        .flatMap(p -> p.status().flatMap(status -> memory(p, status)).stream())
        .toList();
  }

  private static Optional<Finding> memory(ProcessEvidence process, ProcessStatus status) {
    OptionalLong used = status.groupMemory();
    OptionalLong limit = status.groupMemoryLimit();
    if (!isNearly(used, limit)) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding.Builder(FindingCode.MEMORY_LIMIT, Severity.WARNING, Confidence.CERTAIN)
            .of(process.pid())
            .seen(
                "the control group of "
                    + process
                    + " uses "
                    + Quantities.bytes(used.orElseThrow())
                    + " of "
                    + Quantities.bytes(limit.orElseThrow()))
            .figure("usedBytes", used)
            .figure("limitBytes", limit)
            .figure("residentBytes", status.residentMemory())
            .means("At its limit it is slowed down, and then the kernel kills a process in it.")
            .hint("Give it more memory, or find what uses it up.")
            .done());
  }

  private static boolean isNearly(OptionalLong used, OptionalLong limit) {
    return used.isPresent()
        && limit.isPresent()
        && used.getAsLong() >= limit.getAsLong() / 100.0 * NEARLY_OUT_PERCENT;
  }
}
