// SPDX-License-Identifier: Apache-2.0
package io.tcptable.windows;

import io.tcptable.restart.Outcome;
import io.tcptable.restart.StepListener;
import io.tcptable.restart.StepName;
import io.tcptable.restart.StepResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tells the calls which Windows process it is that was started: it writes its PID first. */
record Introduction(BridgeWindowsCalls calls, Path log) implements StepListener {

  private static final long MOST_MILLIS = 60_000;

  @Override
  public void ended(StepResult result) {
    if (result.step() == StepName.START && result.outcome() == Outcome.DONE) {
      long unixPid = Long.parseLong(result.detail().replaceAll("^[^(]*\\((\\d+)\\).*", "$1"));
      calls.join(unixPid, awaitPid());
    }
  }

  private long awaitPid() {
    long end = System.nanoTime() + MOST_MILLIS * 1_000_000;
    while (System.nanoTime() < end) {
      try {
        // Wine itself may complain of something before.
        Optional<String> pid =
            Files.readAllLines(log).stream().filter(line -> line.matches("\\d+\\s*")).findFirst();
        if (pid.isPresent()) {
          return Long.parseLong(pid.get().strip());
        }
        Thread.sleep(20);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError("the server did not begin");
  }

  /** Ends what was started, by its Unix process. */
  static void end(ProcessHandle started) {
    started.destroyForcibly();
    started.onExit().join();
  }
}
