// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.platform.Phrase;
import io.tcptable.process.ProcessStatus.State;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Owners are stopped by a signal: all of them, or some. */
final class ProcessStopped extends ChildStateRule {

  ProcessStopped() {
    super(FindingCode.PROCESS_STOPPED, "its process is stopped", State.STOPPED);
  }

  @Override
  boolean isHang() {
    return true;
  }

  @Override
  List<Finding> findings(Observations observed) {
    return Stream.concat(ofOwners(observed).stream(), ofChildren(observed).stream()).toList();
  }

  private List<Finding> ofOwners(Observations observed) {
    List<ProcessEvidence> owners = observed.owners();
    List<ProcessEvidence> stopped = owners.stream().filter(ProcessStopped::isStopped).toList();
    if (stopped.isEmpty()) {
      return List.of();
    }
    Set<Long> pids = new TreeSet<>();
    stopped.forEach(owner -> pids.add(owner.pid()));
    boolean isAll = stopped.size() == owners.size();
    // Other threads may serve while the main thread does not run.
    boolean serves = observed.health().isHealthy();
    Finding.Builder found =
        found(serves ? Severity.WARNING : Severity.CRITICAL, Confidence.CERTAIN)
            .cause(cause(stopped.size(), owners.size()))
            .of(pids)
            .seen(observed.named(pids) + (pids.size() == 1 ? " is stopped" : " are stopped"))
            .figure("stopped", stopped.size())
            .figure("owners", owners.size())
            .means(observed.phrase(Phrase.STOPPED) + " " + meaning(observed, isAll, serves));
    if (stopped.size() == 1) {
      states(stopped.get(0), found);
    }
    return List.of(
        found
            .commandOrHint(
                observed.commands().resume(List.copyOf(pids)),
                observed.phrase(Phrase.HOW_TO_RESUME))
            .done());
  }

  static boolean isStopped(ProcessEvidence owner) {
    return owner.status().filter(status -> status.state() == State.STOPPED).isPresent();
  }

  private static String cause(int stopped, int owners) {
    if (stopped < owners) {
      return stopped
          + " of "
          + owners
          + (stopped == 1 ? " processes is" : " processes are")
          + " stopped";
    }
    return owners == 1 ? "its process is stopped" : "all " + owners + " processes are stopped";
  }

  private static String meaning(Observations observed, boolean isAll, boolean serves) {
    if (serves) {
      return isAll
          ? "Other threads still serve requests."
          : "Other processes still serve requests. Connections that a stopped process has accepted"
              + " get no answer.";
    }
    return isAll
        ? observed.phrase(Phrase.STOPPED_ALL)
        : "The health check was not answered by the other processes either.";
  }

  private static void states(ProcessEvidence owner, Finding.Builder found) {
    found.text("state", State.STOPPED.name());
    owner.stateBefore().ifPresent(before -> found.text("stateBefore", before.name()));
    owner
        .status()
        .flatMap(status -> status.waitChannel())
        .ifPresent(channel -> found.text("waitChannel", channel));
  }

  @Override
  String predicate(boolean isOne) {
    return isOne ? "is stopped" : "are stopped";
  }

  @Override
  void advise(Observations observed, List<Long> children, Finding.Builder found) {
    found.commandOrHint(
        observed.commands().resume(children), observed.phrase(Phrase.HOW_TO_RESUME));
  }
}
