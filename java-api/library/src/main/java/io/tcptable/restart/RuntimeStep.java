// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.internal.platform.ChildProcesses;
import io.tcptable.internal.server.RuntimeContainer;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.restart.Refusal.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Has the runtime of a container restart it.
 *
 * @param timeout how long that may take
 */
record RuntimeStep(RuntimeContainer container, Duration timeout) implements Step {

  @Override
  public StepName name() {
    return StepName.RESTART;
  }

  @Override
  public String describe() {
    return "restart the container: " + container;
  }

  @Override
  public StepOk run(RunContext context) throws StepException, InterruptedException {
    try {
      Process process =
          ChildProcesses.start(
              new ProcessBuilder(container.restart()).redirectOutput(Redirect.DISCARD));
      process.getOutputStream().close();
      context.handedOver();
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw failed(context, "still runs after " + DurationText.of(timeout));
      }
      if (process.exitValue() != 0) {
        throw failed(
            context,
            "ended with exit code " + process.exitValue() + said(process.getErrorStream()));
      }
      return StepOk.done(container + " has ended with exit code 0");
    } catch (IOException e) {
      throw new StepException(
          Refusal.hint(
              Kind.COMMAND_UNUSABLE,
              container + " cannot be started: " + e.getMessage(),
              "Put " + container.runtime() + " on the PATH of this program."));
    }
  }

  private StepException failed(RunContext context, String how) {
    return new StepException(
        Refusal.of(Kind.RUNTIME_FAILED, container + " " + how, Refusal.diagnose(context.scope())));
  }

  /** What is there: what the runtime has started may hold the stream open. */
  private static String said(InputStream errors) throws IOException {
    String text =
        new String(errors.readNBytes(errors.available()), Charset.defaultCharset()).strip();
    return text.isEmpty() ? "" : ": " + text.substring(text.lastIndexOf('\n') + 1);
  }
}
