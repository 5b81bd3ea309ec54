// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Advice;
import io.tcptable.Endpoint;
import io.tcptable.Ownership;
import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.internal.wording.Quantities;
import io.tcptable.process.ProcessStatus.State;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * All that the server has accepted are clients that send nothing, while others wait to be served: a
 * server that takes one at a time, or one whose workers are all taken.
 */
final class SilentClients extends ServerRule {

  /** More are only counted. */
  private static final int MOST_NAMED = 5;

  SilentClients() {
    super(FindingCode.SILENT_CLIENTS, "it waits for silent clients");
  }

  @Override
  List<Finding> findings(Observations observed) {
    if (!observed.health().isUnanswered()
        || observed.outgoing().isPresent()
        || waiting(observed).isEmpty()) {
      return List.of();
    }
    List<SocketEvidence> accepted = observed.sockets(s -> isBeingServed(s, observed));
    Set<Long> owners = observed.ownersOf(accepted);
    boolean areSilent =
        !accepted.isEmpty()
            && accepted.stream().allMatch(s -> s.isClientsTurn() && s.isPersistent());
    return areSilent && owners.stream().allMatch(pid -> mayRead(observed, pid))
        ? List.of(finding(observed, accepted, owners))
        : List.of();
  }

  /** Those that are not accepted, or of which nothing was read. */
  private static List<SocketEvidence> waiting(Observations observed) {
    return observed.withUnansweredProbes(
        observed.sockets(s -> isUnserved(s) && s.isPersistent()), SilentClients::isUnserved);
  }

  private static boolean isUnserved(SocketEvidence socket) {
    return socket.isWaiting() || (isAccepted(socket) && socket.receiveQueue().orElse(0) > 0);
  }

  private static boolean isAccepted(SocketEvidence socket) {
    return socket.state() == TcpState.ESTABLISHED && socket.ownership() == Ownership.OWNED;
  }

  private static boolean isBeingServed(SocketEvidence socket, Observations observed) {
    return isAccepted(socket) && !isUnserved(socket) && !observed.isProbe(socket);
  }

  /** Whether a process sleeps, and in no other wait than one for sockets. */
  private static boolean mayRead(Observations observed, long pid) {
    List<ThreadEvidence> threads = observed.threadsOf(pid);
    return observed
            .process(pid)
            .flatMap(ProcessEvidence::status)
            .filter(status -> status.state() == State.SLEEPING && status.frozenBy().isEmpty())
            .isPresent()
        && threads.stream().noneMatch(thread -> thread.isRunning() || thread.isBlocked())
        && threads.stream()
            .anyMatch(
                thread ->
                    thread.readsSocket() || (thread.isFirst(pid) && thread.mayWaitForSocket()));
  }

  private Finding finding(Observations observed, List<SocketEvidence> silent, Set<Long> owners) {
    long readers =
        owners.stream()
            .flatMap(pid -> observed.threadsOf(pid).stream())
            .filter(ThreadEvidence::readsSocket)
            .count();
    boolean isOne = silent.size() == 1;
    return found(
            Severity.CRITICAL, readers >= silent.size() ? Confidence.LIKELY : Confidence.POSSIBLE)
        .cause(
            isOne
                ? "it waits for a client that sends nothing"
                : "it waits for " + silent.size() + " clients that send nothing")
        .of(owners)
        .seen(
            (isOne
                    ? "its only accepted connection is silent: "
                    : "all its " + silent.size() + " accepted connections are silent: ")
                + named(observed, silent))
        .figure("silent", silent.size())
        .figure("waiting", waiting(observed).size())
        .figure("readingThreads", readers)
        .figure("oldestMillis", UnmovedQueue.oldestMillis(silent))
        .text("clients", named(observed, silent))
        .means(
            (isOne
                    ? "The server waits for this client, which has sent nothing for at least "
                    : "The server waits for these clients, which have sent nothing for at least ")
                + DurationText.of(shortestSilence(observed, silent))
                + ", and serves "
                + Quantities.count(waiting(observed).size(), "other connection")
                + " only afterwards. Browsers open such connections in advance.")
        .hint(
            "Let the server serve more connections at once, with threads or worker processes, and"
                + " set a timeout for reading. The server goes on when "
                + (isOne ? "this client sends something or closes" : "one of them sends or closes")
                + ".")
        .advise(new Advice.ListOfPort(observed.port(), TcpState.ESTABLISHED))
        .advise(SuggestedCommands.restart(observed))
        .done();
  }

  private static Duration shortestSilence(Observations observed, List<SocketEvidence> silent) {
    return silent.stream()
        .flatMap(socket -> socket.lastReceived().stream())
        .min(Comparator.naturalOrder())
        .orElse(observed.apart());
  }

  private static String named(Observations observed, List<SocketEvidence> silent) {
    return Quantities.list(
        silent.stream().map(socket -> named(observed, socket.remote())).toList(), MOST_NAMED);
  }

  private static String named(Observations observed, Endpoint client) {
    String caller = observed.callers().get(client.unmapped());
    return client + (caller == null ? "" : " of " + caller);
  }
}
