// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import java.util.List;
import java.util.Set;

/** Threads of the owner, a JVM, wait for each other. */
final class Deadlock extends ServerRule {

  Deadlock() {
    super(FindingCode.DEADLOCK, "its threads wait for each other");
  }

  @Override
  boolean isHang() {
    return true;
  }

  @Override
  List<Finding> findings(Observations observed) {
    return observed.threadDumps().stream()
        .filter(ThreadDump::hasDeadlock)
        .map(dump -> finding(observed, dump))
        .toList();
  }

  private Finding finding(Observations observed, ThreadDump dump) {
    Finding.Builder found =
        found(Severity.CRITICAL, Confidence.CERTAIN)
            .of(dump.pid())
            .seen("threads of " + observed.named(Set.of(dump.pid())) + " wait for each other")
            .means("Each thread holds a lock that another one waits for. They will never go on.")
            .advise(SuggestedCommands.restart(observed))
            .hint("The end of the thread dump names the locks.");
    dump.states().forEach(found::figure);
    return found.done();
  }
}
