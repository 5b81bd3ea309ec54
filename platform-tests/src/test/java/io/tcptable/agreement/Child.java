// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Processes that a test starts, and ends. */
final class Child {

  private static final int SECONDS = 30;

  private Child() {}

  /** Runs a command to its end and returns what it printed. */
  static String output(List<String> command, String input) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
        in.write(input);
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(command + " failed: " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Ends a process that goes by itself when its input ends. */
  static void end(Process process) throws IOException {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // Gone already, with something unread.
    }
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
