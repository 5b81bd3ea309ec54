// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.binding.BindingName;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.SystemAccess;
import io.tcptable.process.PortPolicy;
import io.tcptable.process.TcpCounters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An interrupted thread is told the same as any other, and stays interrupted. */
class InterruptedThreadTest {

  /** Every binding that works here; the plain one always does. */
  static List<String> bindings() {
    return BindingName.all().stream().filter(name -> opened(name).isPresent()).toList();
  }

  private static Optional<SystemAccess> opened(String binding) {
    try {
      return Optional.of(Platforms.current().open(binding, null));
    } catch (SourceException e) {
      return Optional.empty();
    }
  }

  @AfterEach
  void forgetInterruption() {
    Thread.interrupted();
  }

  private static <T> T interrupted(Supplier<T> question) {
    Thread.currentThread().interrupt();
    T answer = question.get();
    assertThat(Thread.interrupted()).as("still interrupted").isTrue();
    return answer;
  }

  @ParameterizedTest
  @MethodSource("bindings")
  void readsAllTheSame(String binding) throws IOException {
    SystemAccess access = interrupted(() -> opened(binding).orElseThrow());
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      TcpTable table =
          interrupted(
              () -> Platforms.reading(access, () -> TcpTable.snapshot(listener.getLocalPort())));

      assertThat(table.listeners()).hasSize(1);
      assertThat(table.owners())
          .extracting(OsProcess::pid)
          .containsExactly(ProcessHandle.current().pid());
      assertThat(table.owners().get(0).commandLine()).isPresent();
      assertThat(interrupted(() -> table.owners().get(0).commandLine())).isPresent();
    }
  }

  @ParameterizedTest
  @MethodSource("bindings")
  void countersAndRulesAreComplete(String binding) {
    SystemAccess access = opened(binding).orElseThrow();
    PortPolicy policy = Platforms.reading(access, TcpTable::readPortPolicy);
    TcpCounters counters = Platforms.reading(access, TcpTable::readCounters);

    PortPolicy thenPolicy = interrupted(() -> Platforms.reading(access, TcpTable::readPortPolicy));
    TcpCounters thenCounters = interrupted(() -> Platforms.reading(access, TcpTable::readCounters));

    assertThat(thenPolicy).isEqualTo(policy);
    assertThat(thenCounters.listenOverflows().isPresent())
        .isEqualTo(counters.listenOverflows().isPresent());
    assertThat(thenCounters.timeWaits().isPresent()).isEqualTo(counters.timeWaits().isPresent());
    assertThat(thenCounters.timeWaitLimit()).isEqualTo(counters.timeWaitLimit());
    assertThat(thenCounters.orphanLimit()).isEqualTo(counters.orphanLimit());
  }
}
