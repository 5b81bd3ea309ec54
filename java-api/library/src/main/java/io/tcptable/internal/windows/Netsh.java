// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.platform.ChildProcesses;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs {@code netsh.exe}, which only tells here. */
final class Netsh {

  private static final int SECONDS_TO_ANSWER = 5;

  private Netsh() {}

  /** What it prints; nothing if it cannot be run. */
  static String ask(String question) {
    // By its whole path: Windows looks for a bare name in the working directory first.
    String windows = System.getenv("SystemRoot");
    if (windows == null) {
      return "";
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(windows, "System32", "netsh.exe").toString());
    command.addAll(Arrays.asList(question.split(" ", -1)));
    try {
      Process netsh =
          ChildProcesses.start(new ProcessBuilder(command).redirectError(Redirect.DISCARD));
      netsh.getOutputStream().close();
      CompletableFuture.delayedExecutor(SECONDS_TO_ANSWER, TimeUnit.SECONDS)
          .execute(netsh::destroyForcibly);
      return new String(netsh.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
