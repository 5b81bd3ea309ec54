// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.WindowsCalls;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sends Ctrl-C to processes that have a console for themselves. A program of its own, which {@link
 * ConsoleOwner} starts: a process is on one console, and Ctrl-C can only be sent from there.
 *
 * <p>Ctrl-C reaches all processes on a console. To one group, Windows sends only Ctrl-Break, which
 * ends no Java program and ends Python without its handlers; and if the group is not one, that goes
 * to all on the console too. So nothing is sent where anybody else is.
 *
 * @see <a href="https://learn.microsoft.com/windows/console/generateconsolectrlevent">
 *     GenerateConsoleCtrlEvent</a>
 */
public final class ConsoleInterrupt {

  static final int SENT = 0;
  static final int NOT_SENT = 1;

  /** What the PIDs of those follow that are to end. */
  static final String WAITING = "waiting";

  private static final int CTRL_C = 0;
  private static final int ALL_ON_CONSOLE = 0;
  private static final int IGNORE = 1;

  private final WindowsCalls calls;
  private final int self;
  private final Set<Integer> approved;

  private ConsoleInterrupt(WindowsCalls calls, int self, Set<Integer> approved) {
    this.calls = calls;
    this.self = self;
    this.approved = approved;
  }

  /**
   * Ends with the exit code {@link #SENT} or {@link #NOT_SENT}; prints nothing.
   *
   * @param arguments the PIDs of processes to ask, the word {@link #WAITING}, and the PIDs of
   *     others that it may reach
   */
  public static void main(String[] arguments) {
    WindowsCalls calls =
        Objects.requireNonNull(
            BindingSelection.of(WindowsCalls.class, System.getProperty(BindingSelection.PROPERTY))
                .calls());
    List<String> words = List.of(arguments);
    int end = words.indexOf(WAITING);
    boolean isSent =
        send(
            calls,
            pids(words.subList(0, end)),
            pids(words.subList(end + 1, words.size())),
            (int) ProcessHandle.current().pid());
    Runtime.getRuntime().halt(isSent ? SENT : NOT_SENT);
  }

  private static Set<Integer> pids(List<String> words) {
    return words.stream()
        .map(Integer::valueOf)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * Goes to the console of each process, and sends Ctrl-C there, once, if all on it are to end or
   * wait for those.
   *
   * @param self the PID of this process
   * @return whether it was sent to any
   */
  static boolean send(WindowsCalls calls, Set<Integer> pids, Set<Integer> waiting, int self) {
    Set<Integer> approved = new TreeSet<>(pids);
    approved.addAll(waiting);
    ConsoleInterrupt interrupt = new ConsoleInterrupt(calls, self, approved);
    Set<Integer> asked = new TreeSet<>();
    for (int pid : pids) {
      if (!asked.contains(pid)) {
        asked.addAll(interrupt.send(pid));
      }
    }
    return !asked.isEmpty();
  }

  /** Who has got it. */
  private Set<Integer> send(int pid) {
    // There may be none to leave.
    calls.FreeConsole();
    if (calls.AttachConsole(pid) < 0 || calls.SetConsoleCtrlHandler(IGNORE) < 0) {
      return Set.of();
    }
    Set<Integer> others = new TreeSet<>(onConsole());
    return others.remove(self)
            && others.contains(pid)
            && approved.containsAll(others)
            && calls.GenerateConsoleCtrlEvent(CTRL_C, ALL_ON_CONSOLE) >= 0
        ? others
        : Set.of();
  }

  /** With more on it than there is room for, one is too many. */
  private Set<Integer> onConsole() {
    int most = approved.size() + 2;
    ByteBuffer pids = CallBuffer.allocate(most * Integer.BYTES);
    int count = calls.GetConsoleProcessList(pids);
    return count < 0 || count > most
        ? Set.of()
        : IntStream.range(0, count)
            .mapToObj(i -> pids.getInt(i * Integer.BYTES))
            .collect(Collectors.toSet());
  }
}
