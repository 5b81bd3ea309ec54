// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.linux.LinuxPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListenerTreeTest {

  /** As many as a kernel has PIDs by default; looked at in pairs, they take minutes. */
  private static final int MANY = 32_768;

  private static KnownProcess process(long pid) {
    return KnownProcess.of(pid, "/usr/bin/python3", "web", "python3", "server.py");
  }

  @Test
  void theClosestListenerAboveIsFoundAcrossOthers() {
    KnownProcess master = process(10);
    KnownProcess shell = process(11).below(master);
    KnownProcess worker = process(12).below(shell);
    KnownProcess second = process(13).below(worker);
    KnownProcess other = process(14).below(process(1));
    ListenerTree tree = new ListenerTree(List.of(second, worker, master, other));

    assertThat(tree.above(second)).contains(worker);
    assertThat(tree.above(worker)).contains(master);
    assertThat(tree.above(shell)).contains(master);
    assertThat(tree.above(master)).isEmpty();
    assertThat(tree.above(other)).isEmpty();
    assertThat(List.of(tree.below(10), tree.below(12), tree.below(13), tree.below(14)))
        .containsExactly(2, 1, 0, 0);
    assertThat(tree.isRelated(second)).isTrue();
    assertThat(tree.isRelated(master)).isTrue();
    assertThat(tree.isRelated(other)).isFalse();
  }

  @Test
  void aChainOfAllThatThereCanBe() {
    List<ServerProcess> chain = chain();
    ListenerTree tree = new ListenerTree(chain);

    assertThat(tree.below(1)).isEqualTo(MANY - 1);
    assertThat(tree.above(chain.get(MANY - 1))).contains(chain.get(MANY - 2));
  }

  @Test
  void suchAChainIsOneServerWithoutASupervisor() {
    List<ServerProcess> chain = chain();
    List<List<Long>> sockets = chain.stream().map(process -> List.of(process.pid())).toList();

    List<Set<Long>> groups = ServerGroups.of(sockets, pid -> Optional.of(chain.get((int) pid - 1)));

    assertThat(groups).singleElement().satisfies(group -> assertThat(group).hasSize(MANY));
    Viewpoint view = new Viewpoint(process(MANY + 1), pid -> false, new LinuxPlatform());
    AncestorSupervisors known = new AncestorSupervisors(view);
    for (ServerProcess process : chain) {
      assertThat(new SupervisorSearch(process, 3001, view, known).find()).isEmpty();
    }
  }

  private static List<ServerProcess> chain() {
    List<ServerProcess> chain = new ArrayList<>();
    chain.add(process(1));
    for (int pid = 2; pid <= MANY; pid++) {
      chain.add(process(pid).below(chain.get(pid - 2)));
    }
    return chain;
  }
}
