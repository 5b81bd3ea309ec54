// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.program.ProgramJar;
import io.tcptable.program.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the kernel does not let processes be pinned, or shows those of others. */
@Tag("once")
class RestartInSandboxIT {

  @AutoClose private final RestartedPort port = new RestartedPort();

  private Run run(List<String> launcher, String name, String... options) {
    List<String> command = new ArrayList<>(launcher);
    List<String> words = new ArrayList<>(List.of(name, Integer.toString(port.number())));
    words.addAll(Arrays.asList(options));
    command.addAll(ProgramJar.command(words.toArray(String[]::new)));
    return Run.of(command);
  }

  /** By a filter of the kernel's, see {@code seccomp(2)}: the numbers are the same everywhere. */
  @ParameterizedTest
  @CsvSource({"EPERM, 424", "ENOSYS, 424", "EPERM, 434", "ENOSYS, 434", "EPERM, '424,434'"})
  void withoutPidfdsTheStartTimeHasToDo(String error, String systemCalls) {
    Backend server = port.backend("healthy");
    List<String> launcher =
        List.of(Backend.python(), Backend.script("deny.py").toString(), error, systemCalls);

    Run run = run(launcher, "free", "--yes", "--json", "--settle", "200ms");

    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .contains(" by PID and start time (no pidfd here)\"")
        .contains("\"outcome\":\"done\"");
    assertThat(server.pids()).allMatch(RestartedPort::hasEnded);
  }

  /** The numbers of its processes are those of others here. */
  @NeedsRoot
  @ParameterizedTest
  @ValueSource(strings = {"--pid --fork", "--pid --fork --net"})
  void whereProcShowsAnotherNamespaceNothingIsStopped(String namespaces) {
    Backend server = port.backend("healthy");
    List<String> launcher = new ArrayList<>(List.of("unshare", "--kill-child"));
    launcher.addAll(List.of(namespaces.split(" ", -1)));

    for (List<String> options :
        List.of(List.of("--yes"), List.of("--dry-run"), List.of("--yes", "--partial"))) {
      assertRefused(run(launcher, "free", options.toArray(String[]::new)));
    }
    assertRefused(run(launcher, "restart", "--yes", "--", "true"));
    assertRefused(run(launcher, "start", "--", "true"));
    assertThat(server.pids()).noneMatch(RestartedPort::hasEnded);
  }

  private static void assertRefused(Run run) {
    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(3);
    assertThat(run.err())
        .contains("nothing was done: /proc shows the processes of another PID namespace (PID ");
  }
}
