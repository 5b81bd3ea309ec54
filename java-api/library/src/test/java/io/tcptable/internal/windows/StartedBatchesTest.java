// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** As npm.cmd starts a server: cmd.exe (8), node (12), cmd.exe (16), node (20). */
class StartedBatchesTest {

  private static final int BATCH = 8;
  private static final Set<Integer> SERVER = Set.of(20);

  private final FakeWindows windows =
      new FakeWindows()
          .process(4, 0, 1, "powershell.exe")
          .process(BATCH, 4, 10, "cmd.exe")
          .process(9, BATCH, 10, "conhost.exe")
          .process(12, BATCH, 11, "node.exe")
          .process(16, 12, 12, "cmd.exe")
          .process(20, 16, 13, "node.exe");

  private Set<Integer> waiting(Set<Integer> pids, int batch) {
    WindowsProcessTree tree = new WindowsProcessTree(new ProcessList(windows).read());
    return new StartedBatches(tree, it -> it.pid() == batch).of(pids);
  }

  @Test
  void allThatRunForTheServer() {
    assertThat(waiting(SERVER, BATCH)).containsExactlyInAnyOrder(BATCH, 12, 16);
  }

  @Test
  void nobodyIfNoSuchBatchFileIsAbove() {
    assertThat(waiting(SERVER, 99)).isEmpty();
  }

  @Test
  void nobodyIfTheBatchFileHasStartedOthers() {
    windows.process(24, 12, 14, "compiler.exe");
    assertThat(waiting(SERVER, BATCH)).isEmpty();
    assertThat(waiting(Set.of(20, 24), BATCH)).containsExactlyInAnyOrder(BATCH, 12, 16);
  }

  /** Its PID is that of an earlier process: younger than who would be its child. */
  @Test
  void noBatchFileThatCameLater() {
    windows.process(32, 28, 20, "node.exe").process(28, 4, 21, "cmd.exe");
    assertThat(waiting(Set.of(32), 28)).isEmpty();
  }

  @Test
  void aBatchFileIsKnownByItsCommandLine() throws Exception {
    List<String> words = BatchFile.start("C:\\cmd.exe", Path.of("npm.cmd"), List.of("run", "a b"));
    assertThat(BatchFile.isStart(CommandLine.split(CommandLine.ofProcessBuilder(words)))).isTrue();
    assertThat(BatchFile.isStart(List.of("cmd.exe", "/d", "/s", "/c", "npm.cmd run dev")))
        .isFalse();
    assertThat(BatchFile.isStart(List.of("cmd.exe"))).isFalse();
  }
}
