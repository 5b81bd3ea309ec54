// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.ListenAddress;
import io.tcptable.OsProcess;
import io.tcptable.TcpQuery;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.internal.server.PortScope;
import io.tcptable.internal.wording.Quantities;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * Who listened at each look, if none did so at two of them.
 *
 * @param names who listened, one look after the other: {@code python3(10), then python3(12)}
 * @param isAgain whether those of the second look do not listen at a third one either
 */
record Generations(String names, boolean isAgain) {

  private static final Duration LATER = Duration.ofSeconds(1);

  private static final int MOST_NAMED = 3;

  /**
   * Looks once more if none of those who listened at the first look did at the second, or if nobody
   * did at one of them: a server that is started again and again is not there in between.
   */
  static Optional<Generations> of(PortScope scope, TcpTable first, TcpTable second)
      throws InterruptedException {
    Set<OsProcess> before = Sample.listening(scope, first);
    Set<OsProcess> now = Sample.listening(scope, second);
    if ((before.isEmpty() && now.isEmpty())
        || !Collections.disjoint(before, now)
        || isUnknown(scope, first, before)
        || isUnknown(scope, second, now)) {
      return Optional.empty();
    }
    Thread.sleep(LATER.toMillis());
    TcpTable third =
        TcpTable.snapshot(TcpQuery.all().localPort(scope.port()).states(TcpState.LISTEN));
    Set<OsProcess> later = Sample.listening(scope, third);
    if (isUnknown(scope, third, later)) {
      return Optional.empty();
    }
    if (now.isEmpty() && (later.isEmpty() || !Collections.disjoint(before, later))) {
      // It was closed, and stays so or was opened again by the same processes.
      return Optional.empty();
    }
    return Optional.of(of(before, now, later));
  }

  /** Two generations may be a restart that was wanted; a third one is not. */
  static Generations of(Set<OsProcess> before, Set<OsProcess> now, Set<OsProcess> later) {
    boolean isStill = !now.isEmpty() && !Collections.disjoint(now, later);
    boolean isAgain = !isStill && !now.isEmpty() && !(before.isEmpty() && later.isEmpty());
    return new Generations(
        named(before) + ", then " + named(now) + (isStill ? "" : ", then " + named(later)),
        isAgain);
  }

  /** Whether a process listened that is not known. */
  private static boolean isUnknown(PortScope scope, TcpTable look, Set<OsProcess> known) {
    return known.isEmpty()
        && look.listeners().stream().anyMatch(it -> scope.concerns(ListenAddress.of(it)));
  }

  private static String named(Set<OsProcess> processes) {
    return processes.isEmpty() ? "nobody" : Quantities.list(processes, MOST_NAMED);
  }
}
