// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.agreement.UserAccount;
import io.tcptable.program.Run;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A read of the command line of such a process never returns, and ps hangs for ever. The processes
 * are made for real: see {@code locked_memory.py}.
 */
@NeedsRoot
@Tag("once")
@Timeout(180)
class LockedMemoryIT {

  private static final String PORT = "3001";

  /** The exit code of diagnose. */
  private static final int HANGING = 11;

  @AutoClose private final HostileHost host = new HostileHost();

  private @Nullable Process servers;

  private void start(int count) throws IOException {
    List<String> command = new ArrayList<>(host.namespace().prefix(UserAccount.ROOT));
    command.addAll(
        List.of(
            "/usr/bin/python3",
            "-Ic",
            program(),
            PORT,
            Integer.toString(count),
            host.folder().toString()));
    Process started = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    servers = started;
    String line = started.inputReader(StandardCharsets.UTF_8).readLine();
    assumeThat(line).as("what the file system needs: root and /dev/fuse").startsWith("locked ");
  }

  private static String program() throws IOException {
    try (InputStream in = LockedMemoryIT.class.getResourceAsStream("locked_memory.py")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The end of the file system ends the waits, and so its processes. */
  @AfterEach
  void endServers() throws Exception {
    Process started = servers;
    if (started != null) {
      started.getOutputStream().close();
      assertThat(started.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** More than there are threads to be left behind, too. */
  @ParameterizedTest
  @ValueSource(ints = {1, 40})
  void everyCommandComesBack(int count) throws IOException {
    start(count);

    Run list = host.tcptable("list", PORT);
    assertThat(list.code()).as(list.err()).isZero();
    assertThat(list.out()).contains("python3(");

    Run diagnosis = host.tcptable("diagnose", PORT, "--deadline", "300ms");
    assertThat(diagnosis.code()).as(diagnosis.err()).isEqualTo(HANGING);
    assertThat(diagnosis.out())
        .contains(
            "keeps its memory mappings locked: the kernel did not show its command line within"
                + " 500ms",
            "unknown: did not answer within 500ms",
            "PROCESS_BLOCKED");

    Run json = host.tcptable("diagnose", PORT, "--deadline", "300ms", "--json");
    assertThat(json.code()).as(json.err()).isEqualTo(HANGING);
    assertThat(json.out()).contains("\"unansweredMillis\":500").doesNotContain("\"commandLine\"");

    for (List<String> command :
        List.of(
            List.of("free", PORT, "--dry-run"),
            List.of("restart", PORT, "--dry-run", "--", "/bin/true"))) {
      Run plan = host.tcptable(command.toArray(String[]::new));
      assertThat(plan.code()).as(plan.out() + plan.err()).isZero();
      assertThat(plan.out()).contains("python3(", "hold");
    }
  }
}
