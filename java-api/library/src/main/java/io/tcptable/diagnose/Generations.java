// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

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
 * Who listened at each look, if nobody did so at two of them.
 *
 * @param names who listened, one look after the other: {@code python3(10), then python3(12)}
 * @param isAgain whether those of the second look do not listen at a third one either
 */
record Generations(String names, boolean isAgain) {

  private static final Duration LATER = Duration.ofSeconds(1);

  private static final int MOST_NAMED = 3;

  /** Looks once more if none of those who listened at the first look did at the second. */
  static Optional<Generations> of(PortScope scope, TcpTable first, TcpTable second)
      throws InterruptedException {
    Set<OsProcess> before = Sample.listening(scope, first);
    Set<OsProcess> now = Sample.listening(scope, second);
    if (before.isEmpty() || now.isEmpty() || !Collections.disjoint(before, now)) {
      return Optional.empty();
    }
    Thread.sleep(LATER.toMillis());
    Set<OsProcess> later =
        Sample.listening(
            scope,
            TcpTable.snapshot(TcpQuery.all().localPort(scope.port()).states(TcpState.LISTEN)));
    boolean isAgain = Collections.disjoint(now, later);
    return Optional.of(
        new Generations(
            named(before)
                + ", then "
                + named(now)
                + (isAgain ? ", then " + (later.isEmpty() ? "nobody" : named(later)) : ""),
            isAgain));
  }

  private static String named(Set<OsProcess> processes) {
    return Quantities.list(processes, MOST_NAMED);
  }
}
