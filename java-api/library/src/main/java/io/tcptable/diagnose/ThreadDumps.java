// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.OsProcess;
import io.tcptable.process.ProcessStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A thread dump of each owner that is a JVM. */
final class ThreadDumps {

  /** A look at one process takes microseconds, unless it is stuck. */
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

  private ThreadDumps() {}

  /**
   * Asks each for it.
   *
   * @param processes what is known of the owners
   */
  static List<ThreadDump> of(Sample look, Map<Long, ProcessEvidence> processes)
      throws InterruptedException {
    List<ThreadDump> dumps = new ArrayList<>();
    for (OsProcess owner : look.table().owners()) {
      ProcessEvidence process = processes.get(owner.pid());
      if (process != null && isJvm(owner)) {
        dumps.add(
            isStopped(process)
                ? new ThreadDump(owner.pid(), "it is stopped and cannot answer", false)
                : ThreadDump.of(owner.pid()));
      }
    }
    return dumps;
  }

  /** Asked in a thread that can be left behind: a process may keep its mappings locked. */
  private static boolean isJvm(OsProcess owner) throws InterruptedException {
    FutureTask<Boolean> asking = new FutureTask<>(owner::isJvm);
    Thread asker = new Thread(asking, "tcptable-jvm");
    asker.setDaemon(true);
    asker.start();
    try {
      return asking.get(LONGEST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  private static boolean isStopped(ProcessEvidence process) {
    return process
        .status()
        .map(ProcessStatus::state)
        .filter(s -> s == ProcessStatus.State.STOPPED || s == ProcessStatus.State.TRACED)
        .isPresent();
  }

  /** The text of each, by PID. */
  static Map<Long, String> texts(List<ThreadDump> dumps) {
    Map<Long, String> texts = new LinkedHashMap<>();
    dumps.forEach(dump -> texts.put(dump.pid(), dump.text()));
    return texts;
  }
}
