// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.TcpTableException;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.server.ProtectedProcesses;
import io.tcptable.process.ProcessPlacement;
import io.tcptable.process.ProcessStatus;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Processes into which a command may have gone when it ended, as {@code daemon(3)} does: it forks,
 * the child begins a session of its own, and the parent ends.
 *
 * <p>An orphan does not show who has forked it. So all marks must agree: it was not there before
 * the start of the command and is there soon after its end, it was adopted by PID 1 or by an
 * ancestor of this process ({@code PR_SET_CHILD_SUBREAPER} of {@code prctl(2)}), it has left their
 * sessions, and it is in the service and the container of this process. What a service manager or
 * another shell starts meanwhile has another service, another parent or the session of its parent.
 */
final class Daemons {

  /** A daemon may fork again, after the command or the last one known has ended. */
  private static final Duration NEXT_FORK = Duration.ofMillis(100);

  private final Optional<Set<OsProcess>> before;
  private final Set<OsProcess> found = new LinkedHashSet<>();
  private @Nullable Deadline latest;
  private boolean complete;
  private int noticed;

  private Daemons(Optional<Set<OsProcess>> before) {
    this.before = before;
  }

  /** Before the command is started. If that cannot be seen now, none is known later. */
  static Daemons beforeStart() {
    try {
      return new Daemons(Optional.of(Set.copyOf(OsProcess.all())));
    } catch (TcpTableException e) {
      return new Daemons(Optional.empty());
    }
  }

  /** Those that run. At the first call the command has just ended. */
  List<OsProcess> now() {
    int ended = ended();
    if (latest == null || ended > noticed) {
      latest = Deadline.after(NEXT_FORK);
      noticed = ended;
      complete = false;
    }
    if (!complete) {
      // The last look begins after that time, however long the one before took.
      complete = latest.isOver();
      found.addAll(look());
    }
    return Processes.running(found.stream());
  }

  /** Whether none is expected beside those that were found. */
  boolean areComplete() {
    return complete && ended() == noticed;
  }

  private int ended() {
    return found.size() - Processes.running(found.stream()).size();
  }

  private List<OsProcess> look() {
    Optional<OsProcess> self = OsProcess.of(ProcessHandle.current().pid());
    if (self.isEmpty() || before.isEmpty()) {
      return List.of();
    }
    OptionalLong ownSession = session(self);
    Optional<ProcessPlacement> place = self.get().placement();
    Set<Long> adopters = adopters();
    return OsProcess.all().stream()
        .filter(it -> !before.get().contains(it))
        .filter(it -> isAdopted(it, adopters, ownSession))
        .filter(it -> isBeside(it.placement(), place))
        .toList();
  }

  /** PID 1 and the ancestors of this process, without this process: its own children are known. */
  private static Set<Long> adopters() {
    Set<Long> pids = ProtectedProcesses.ownAncestors();
    pids.add(Platform.INIT);
    return pids;
  }

  /** The adopter may be hidden: its PID is known, its session then is not. */
  private static boolean isAdopted(OsProcess one, Set<Long> adopters, OptionalLong ownSession) {
    OptionalLong parent = one.parentPid();
    if (parent.isEmpty() || !adopters.contains(parent.getAsLong())) {
      return false;
    }
    OptionalLong session = session(Optional.of(one));
    return session.isPresent()
        && !session.equals(ownSession)
        && !session.equals(session(OsProcess.of(parent.getAsLong())));
  }

  private static OptionalLong session(Optional<OsProcess> of) {
    return of.flatMap(OsProcess::status).map(ProcessStatus::session).orElse(OptionalLong.empty());
  }

  private static boolean isBeside(Optional<ProcessPlacement> one, Optional<ProcessPlacement> own) {
    return one.flatMap(ProcessPlacement::service).equals(own.flatMap(ProcessPlacement::service))
        && one.flatMap(ProcessPlacement::container)
            .equals(own.flatMap(ProcessPlacement::container));
  }
}
