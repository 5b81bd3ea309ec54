// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.OsProcess;
import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.linux.LinuxAccess;
import io.tcptable.internal.platform.SystemAccess;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SocketFarmTest {

  private static final int SOCKETS = 50;
  private static final int PROCESSES = 3;
  private static final Size SIZE = new Size(SOCKETS, PROCESSES);
  private static final int ON_PORT = 12;

  private static final SystemAccess SOURCES = LinuxAccess.open("ffm");

  @BeforeAll
  static void needsCompiler() {
    Needs.compiler();
  }

  private static TcpTable ask(Question question, int port) {
    return Platforms.reading(SOURCES, () -> TcpTable.snapshot(question.query(port)));
  }

  @Test
  void holdsTheSocketsItWasAskedFor() {
    try (SocketFarm farm = SocketFarm.start(SIZE)) {
      TcpTable all = ask(Question.ALL_OWNERS, farm.port());

      assertThat(farm.pids()).hasSize(PROCESSES);
      assertThat(farm.pids().stream().mapToInt(pid -> all.ownedBy(pid).size()).sum())
          .isEqualTo(SOCKETS);
      assertThat(farm.pids()).allSatisfy(pid -> assertThat(all.ownedBy(pid)).isNotEmpty());
    }
  }

  @Test
  void sharesAPortBetweenBothFamilies() {
    try (SocketFarm farm = SocketFarm.start(SIZE)) {
      TcpTable onPort = ask(Question.PORT_OWNERS, farm.port());

      assertThat(farm.onPort()).isEqualTo(ON_PORT);
      assertThat(onPort.size()).isEqualTo(ON_PORT);
      assertThat(onPort.owners()).extracting(OsProcess::pid).isSubsetOf(farm.pids());
      assertThat(onPort.listeners())
          .extracting(listener -> listener.local().toString())
          .containsExactlyInAnyOrder("127.0.0.1:" + farm.port(), "[::1]:" + farm.port());
      assertThat(ask(Question.PORT_LISTENERS, farm.port()).size()).isEqualTo(2);
    }
  }

  @Test
  void leavesNothingBehindWhenClosed() {
    SocketFarm farm = SocketFarm.start(SIZE);
    List<ProcessHandle> processes = processes(farm);

    farm.close();

    assertThat(processes).noneMatch(ProcessHandle::isAlive);
    assertThat(ask(Question.PORT_OWNERS, farm.port()).isEmpty()).isTrue();
  }

  @Test
  void leavesNothingBehindWhenItsProgramIsKilled() throws Exception {
    try (SocketFarm farm = SocketFarm.start(SIZE)) {
      List<ProcessHandle> processes = processes(farm);

      assertThat(farm.program().destroyForcibly()).isTrue();

      CompletableFuture.allOf(
              processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
          .get(10, TimeUnit.SECONDS);
    }
  }

  private static List<ProcessHandle> processes(SocketFarm farm) {
    return farm.pids().stream().map(pid -> ProcessHandle.of(pid).orElseThrow()).toList();
  }
}
