// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import java.util.List;
import java.util.Set;

/** What the threads of a JVM say. */
final class ThreadRules {

  private ThreadRules() {}

  static List<Finding> deadlock(Observations evidence) {
    return evidence.threadDumps().stream()
        .filter(ThreadDump::hasDeadlock)
        .map(dump -> deadlock(evidence, dump))
        .toList();
  }

  private static Finding deadlock(Observations evidence, ThreadDump dump) {
    Finding.Builder draft =
        new Finding.Builder(FindingCode.DEADLOCK, Severity.CRITICAL, Confidence.CERTAIN)
            .of(dump.pid())
            .seen("threads of " + evidence.named(Set.of(dump.pid())) + " wait for each other")
            .means("Each holds a lock that another one waits for: they never go on.")
            .advise(SuggestedCommands.restart(evidence))
            .hint("Read the end of the dump, which names the locks.");
    dump.states().forEach(draft::figure);
    return draft.done();
  }
}
