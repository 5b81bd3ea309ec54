// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.InheritedSocket;
import io.tcptable.OsProcess;
import io.tcptable.Ownership;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.platform.Phrase;
import io.tcptable.internal.platform.SocketHold;
import io.tcptable.internal.wording.Quantities;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The owner of a socket could not be seen. That is no fault of the server. */
final class OwnerUnknown extends FindingRule {

  OwnerUnknown() {
    super(FindingCode.OWNER_UNKNOWN, "");
  }

  @Override
  List<Finding> findings(Observations observed) {
    List<SocketEvidence> unknown = observed.sockets(OwnerUnknown::isUnknown);
    if (unknown.isEmpty()) {
      return List.of();
    }
    long listening = unknown.stream().filter(SocketEvidence::isListener).count();
    Finding.Builder found =
        found(Severity.WARNING, Confidence.CERTAIN)
            .seen(
                "the owners of "
                    + Quantities.count(unknown.size(), "socket")
                    + " ("
                    + listening
                    + " listening) are not known")
            .figure("sockets", unknown.size())
            .figure("listeners", listening)
            .figure("unreadableProcesses", observed.unreadableProcesses());
    Optional<InheritedSocket> inherited =
        unknown.stream().flatMap(s -> s.endedOwner().stream()).findFirst();
    if (inherited.isPresent()) {
      return List.of(inherited(observed, found, inherited.get()));
    }
    return List.of(
        observed.hasHiddenProcesses()
            ? hidden(observed, found)
            : observed.unreadableProcesses() == 0
                ? elsewhere(observed, found)
                : unreadable(observed, found));
  }

  /** In both samples: one alone may have been between two owners. */
  private static boolean isUnknown(SocketEvidence socket) {
    return socket.ownership() == Ownership.UNKNOWN
        && socket.before().filter(b -> b.ownership() == Ownership.UNKNOWN).isPresent();
  }

  private static Finding inherited(
      Observations observed, Finding.Builder found, InheritedSocket ended) {
    found
        .figure("endedPid", ended.pid())
        .means(
            "PID "
                + ended.pid()
                + " opened it and has exited, but a process that inherited the handle keeps the"
                + " socket. It is an orphaned listener: the system accepts connections, and no"
                + " process serves them.");
    if (ended.heirs().isEmpty()) {
      return found.hint(observed.phrase(Phrase.FIND_OWNER)).done();
    }
    ended.heirs().forEach(heir -> found.command(observed.commands().terminate(heir.pid())));
    return found
        .text(
            "startedByIt",
            ended.heirs().stream().map(OsProcess::toString).collect(Collectors.joining(", ")))
        .done();
  }

  private static Finding hidden(Observations observed, Finding.Builder found) {
    return found
        .means(
            "Processes of other users are hidden from this user (hidepid in proc(5)), so the owners"
                + " are incomplete.")
        .advise(SuggestedCommands.seeAll(observed))
        .done();
  }

  private static Finding elsewhere(Observations observed, Finding.Builder found) {
    List<SocketHold> holds = observed.platform().holdsWithoutDescriptor(observed.port());
    if (!holds.isEmpty()) {
      return held(found, holds);
    }
    return found
        .means(observed.phrase(Phrase.OWNER_ELSEWHERE))
        .hint(observed.phrase(Phrase.FIND_OWNER))
        .done();
  }

  /** By processes that have no descriptor of it, or may have none. */
  private static Finding held(Finding.Builder found, List<SocketHold> holds) {
    boolean isCertain = holds.get(0).isCertain();
    String who =
        holds.stream().map(it -> name(it.pid()) + " " + it.how()).collect(Collectors.joining("; "));
    return found
        .of(holds.stream().map(it -> (long) it.pid()).distinct().toList())
        .text("heldBy", who)
        .means(
            "No process that can be seen here has it among its descriptors. "
                + who
                + (isCertain ? "." : ": this may be the one."))
        .hint((isCertain ? "To" : "If so, to") + " close it, restart " + names(holds) + ".")
        .done();
  }

  private static String names(List<SocketHold> holds) {
    return holds.stream().map(it -> name(it.pid())).distinct().collect(Collectors.joining(" or "));
  }

  private static String name(int pid) {
    return OsProcess.of(pid).map(OsProcess::toString).orElse("PID " + pid);
  }

  private static Finding unreadable(Observations observed, Finding.Builder found) {
    String processes = Quantities.count(observed.unreadableProcesses(), "process");
    return observed.processes().isSuperuser()
        ? found
            .means(
                "Not even "
                    + observed.phrase(Phrase.SUPERUSER)
                    + " may inspect "
                    + processes
                    + "."
                    + observed.phrase(Phrase.OWNER_IN_SYSTEM))
            .advise(SuggestedCommands.seeAll(observed))
            .done()
        : found
            .means("This user may not inspect " + processes + ", so the owners are incomplete.")
            .advise(SuggestedCommands.seeAll(observed))
            .done();
  }
}
