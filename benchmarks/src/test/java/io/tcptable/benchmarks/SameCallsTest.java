// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.SystemAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The C baseline makes tcptable's system calls, in the same order. */
@Timeout(60)
class SameCallsTest {

  /** Enough for a dump in halves, and for several threads to look into the processes. */
  private static final Size SIZE = new Size(4_000, 20);

  /** Until all classes are loaded, and the number of sockets is known. */
  private static final int TIMES_BEFORE = 3;

  private static final Pattern DESCRIPTORS = Pattern.compile("\"(?:/proc/)?(\\d+)/fd\"");

  @BeforeAll
  static void needsCompiler() {
    Needs.compiler();
  }

  @ParameterizedTest
  @CsvSource({
    "PORT_LISTENERS, proc",
    "PORT_OWNERS, proc",
    "PORT_OWNERS, bpf",
    "ALL, proc",
    "ALL_OWNERS, proc",
    "ALL_OWNERS, bpf"
  })
  void inTheSameOrder(Question question, String owners) throws Exception {
    SystemAccess sources = Needs.sources(owners);
    try (SocketFarm farm = SocketFarm.start(SIZE);
        Baseline baseline = new Baseline()) {
      List<SystemCall> ours =
          trace(
              () ->
                  Platforms.reading(sources, () -> TcpTable.snapshot(question.query(farm.port()))),
              baseline);
      List<SystemCall> inC =
          trace(() -> baseline.snapshot(question, farm.port(), owners, Baseline.THREADS), baseline);

      assertThat(ofCaller(ours)).startsWith("socket", "sendto").isEqualTo(ofCaller(inC));
      assertThat(ofWalks(ours, farm.pids()))
          .hasSize(question.owners() && owners.equals("proc") ? SIZE.processes() : 0)
          .isEqualTo(ofWalks(inC, farm.pids()));
    }
  }

  private static List<SystemCall> trace(Runnable snapshot, Baseline baseline) throws Exception {
    Runnable work =
        () -> {
          snapshot.run();
          // Nobody else makes this call: it ends the trace.
          baseline.call(Call.CLOSE, 1);
        };
    for (int i = 0; i < TIMES_BEFORE; i++) {
      work.run();
    }
    return SystemCall.during(work);
  }

  /**
   * The names of the calls of the thread that asks, each but once in a row: until it lists the
   * processes, which it and others look into as they come.
   */
  private static List<String> ofCaller(List<SystemCall> calls) {
    List<SystemCall> begun =
        calls.stream().dropWhile(call -> !call.name().equals("socket")).toList();
    List<String> names = new ArrayList<>();
    for (SystemCall call : of(begun.getFirst().thread(), begun)) {
      if (call.arguments().startsWith("-1)") || call.arguments().contains("\"/proc\"")) {
        break;
      }
      if (names.isEmpty() || !names.getLast().equals(call.name())) {
        names.add(call.name());
      }
    }
    return names;
  }

  /** The names of the calls between the opening of a process's descriptors and their closing. */
  private static Map<Long, List<String>> ofWalks(List<SystemCall> calls, List<Long> pids) {
    Map<Long, List<String>> walks = new TreeMap<>();
    for (int i = 0; i < calls.size(); i++) {
      Matcher opened = DESCRIPTORS.matcher(calls.get(i).arguments());
      // A thread that looks into this process may find there what another thread has opened.
      boolean isOpened = calls.get(i).name().equals("openat") && opened.find();
      if (isOpened && pids.contains(Long.valueOf(opened.group(1)))) {
        walks.put(Long.valueOf(opened.group(1)), ofWalk(calls.subList(i, calls.size())));
      }
    }
    return walks;
  }

  private static List<String> ofWalk(List<SystemCall> calls) {
    List<String> names = new ArrayList<>();
    int open = 0;
    for (SystemCall call : of(calls.getFirst().thread(), calls)) {
      names.add(call.name());
      open += call.name().equals("openat") ? 1 : 0;
      open -= call.name().equals("close") ? 1 : 0;
      if (open == 0) {
        break;
      }
    }
    return names;
  }

  private static List<SystemCall> of(long thread, List<SystemCall> calls) {
    return calls.stream().filter(call -> call.thread() == thread).toList();
  }

  /** Else all would be the same if strace told nothing. */
  @Test
  void aCallIsSeen() throws Exception {
    try (Baseline baseline = new Baseline()) {
      assertThat(SystemCall.during(() -> baseline.call(Call.READLINKAT, 3)))
          .filteredOn(call -> call.name().equals("readlinkat"))
          .filteredOn(call -> call.arguments().contains("\"/proc/self\""))
          .hasSize(3);
    }
  }
}
