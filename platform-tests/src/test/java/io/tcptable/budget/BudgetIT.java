// SPDX-License-Identifier: Apache-2.0
package io.tcptable.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tcptable.TcpQuery;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.agreement.NeedsRoot;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.LinuxAccess;
import io.tcptable.internal.platform.SystemAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Holds system calls and allocations of a snapshot against the budget. */
@Timeout(300)
class BudgetIT {

  private static final int CONNECTIONS = 300;
  private static final int HOLDERS = 6;
  private static final long MOST_NANOS = 60_000_000_000L;

  /** Of {@code socket_owners.bpf.c}. */
  private static final int LONGEST_TABLE = 4096;

  /** Enough for the compiler to have seen all of it. */
  private static final int REPEATED = 600;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final Budget budget;
  private TcpQuery port = TcpQuery.all();
  private TcpQuery listener = TcpQuery.all();

  @TempDir Path proc;

  BudgetIT() throws IOException {
    budget = new Budget();
  }

  @BeforeEach
  void open() throws IOException {
    ServerSocket server = new ServerSocket(0, CONNECTIONS, InetAddress.getLoopbackAddress());
    open.add(server);
    for (int i = 0; i < CONNECTIONS; i++) {
      open.add(new Socket(server.getInetAddress(), server.getLocalPort()));
      open.add(server.accept());
    }
    port = TcpQuery.all().localPort(server.getLocalPort());
    listener = port.states(TcpState.LISTEN);
    List<Long> inodes = TcpTable.snapshot(port).stream().map(s -> s.inode().orElseThrow()).toList();
    assertThat(inodes).hasSize(CONNECTIONS + 1).doesNotContain(0L);
    ProcTree.make(proc, inodes, HOLDERS);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable socket : open) {
      socket.close();
    }
  }

  private CountedCalls calls() {
    return new CountedCalls(
        Objects.requireNonNull(BindingSelection.of(LinuxCalls.class, "jni").calls()), proc);
  }

  private static SystemAccess sources(LinuxCalls calls) {
    return sources(calls, "proc");
  }

  private static SystemAccess sources(LinuxCalls calls, String owners) {
    return LinuxAccess.of(new BindingSelection<>("jni", calls, Map.of()), owners);
  }

  @Test
  void theListenerOfAPortTakesFewCalls() {
    CountedCalls calls = calls();
    SystemAccess sources = sources(calls);
    calls.take();
    assertThat(Platforms.reading(sources, () -> TcpTable.snapshot(listener.withoutOwners())).size())
        .isEqualTo(1);
    assertWithin("listener", calls.take());
  }

  @Test
  void aPortWithOwnersTakesOneCallADescriptorAndFewAProcess() {
    CountedCalls calls = calls();
    SystemAccess sources = sources(calls);
    calls.take();
    TcpTable table = Platforms.reading(sources, () -> TcpTable.snapshot(port));
    assertThat(table.owners()).hasSize(HOLDERS);
    assertThat(table.stream()).allMatch(socket -> socket.owners().size() == 1);
    assertWithin("port", calls.take());
  }

  @NeedsRoot
  @Test
  void aPortWithOwnersByBpfTakesFewCalls() throws IOException {
    CountedCalls calls = calls();
    SystemAccess sources = sources(calls, "bpf");
    Map<String, Integer> made = callsByBpf(calls, sources);
    // Whatever else runs here may have such tables for a while, in threads of their own, too.
    long deadline = System.nanoTime() + MOST_NANOS;
    while (!isWithin("bpf", made) && System.nanoTime() < deadline) {
      made = callsByBpf(calls, sources);
    }
    assertWithin("bpf", made);
    assertThat(allocated(port, sources))
        .as("bytes for a port with owners by eBPF")
        .isLessThanOrEqualTo(budget.bytes("bpf"));
  }

  private Map<String, Integer> callsByBpf(CountedCalls calls, SystemAccess sources)
      throws IOException {
    calls.take();
    TcpTable table = Platforms.reading(sources, () -> TcpTable.snapshot(port));
    assertThat(table.stream()).allMatch(socket -> socket.owners().size() == 1);
    Map<String, Integer> made = calls.take();
    int longTables = longTables();
    made.computeIfPresent("bpf_iter_create", (call, count) -> count - longTables);
    made.computeIfPresent("close", (call, count) -> count - longTables);
    return made;
  }

  /** Processes whose descriptors take an iterator of their own, of which this may be one. */
  private static int longTables() throws IOException {
    int count = 0;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
      for (Path process : processes) {
        try (Stream<String> status = Files.lines(process.resolve("status"))) {
          boolean isLong =
              status
                  .filter(line -> line.startsWith("FDSize:"))
                  .anyMatch(line -> Integer.parseInt(line.substring(7).strip()) > LONGEST_TABLE);
          count += isLong ? 1 : 0;
        } catch (IOException | UncheckedIOException e) {
          // It has ended.
        }
      }
    }
    return count;
  }

  private boolean isWithin(String name, Map<String, Integer> made) {
    Map<String, Integer> limits = budget.calls(name);
    return made.entrySet().stream()
        .allMatch(call -> call.getValue() <= limits.getOrDefault(call.getKey(), 0));
  }

  private void assertWithin(String name, Map<String, Integer> made) {
    Map<String, Integer> limits = budget.calls(name);
    assertThat(made)
        .as("calls for %s, budget %s", name, limits)
        .allSatisfy(
            (call, count) -> assertThat(count).isLessThanOrEqualTo(limits.getOrDefault(call, 0)));
  }

  @Test
  void aSnapshotAllocatesLittleButWhatTheTableKeeps() {
    SystemAccess sources = sources(calls());
    assertThat(allocated(listener.withoutOwners(), sources))
        .as("bytes for the listener of a port")
        .isLessThanOrEqualTo(budget.bytes("listener"));
    long one = allocated(listener, sources);
    long all = allocated(port, sources);
    assertThat(all).as("bytes for a port with owners").isLessThanOrEqualTo(budget.bytes("port"));
    assertThat((all - one) / CONNECTIONS)
        .as("bytes for each further socket")
        .isLessThanOrEqualTo(budget.bytes("socket"));
  }

  /** The least of many, for the JVM may allocate on its own account now and then. */
  private static long allocated(TcpQuery query, SystemAccess sources) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < REPEATED; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      TcpTable table = Platforms.reading(sources, () -> TcpTable.snapshot(query));
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      assertThat(table.isEmpty()).isFalse();
    }
    return least;
  }
}
