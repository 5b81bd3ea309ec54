// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.WindowsCalls;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sends Ctrl-C to a process that is alone on its console. A program of its own, which {@link
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

  private static final int CTRL_C = 0;
  private static final int ALL_ON_CONSOLE = 0;
  private static final int IGNORE = 1;

  /** The process and this one; a third is one too many. */
  private static final int MOST = 3;

  private ConsoleInterrupt() {}

  /** Ends with the exit code {@link #SENT} or {@link #NOT_SENT}; prints nothing. */
  public static void main(String[] arguments) {
    WindowsCalls calls =
        Objects.requireNonNull(
            BindingSelection.of(WindowsCalls.class, System.getProperty(BindingSelection.PROPERTY))
                .calls());
    int self = (int) ProcessHandle.current().pid();
    boolean isSent = send(calls, Integer.parseInt(arguments[0]), self);
    Runtime.getRuntime().halt(isSent ? SENT : NOT_SENT);
  }

  /**
   * Leaves the console of this process for that of another, and sends Ctrl-C there if nobody else
   * is on it.
   *
   * @param self the PID of this process
   */
  static boolean send(WindowsCalls calls, int pid, int self) {
    // There may be none to leave.
    calls.FreeConsole();
    return calls.AttachConsole(pid) >= 0
        && calls.SetConsoleCtrlHandler(IGNORE) >= 0
        && onConsole(calls).equals(Set.of(pid, self))
        && calls.GenerateConsoleCtrlEvent(CTRL_C, ALL_ON_CONSOLE) >= 0;
  }

  private static Set<Integer> onConsole(WindowsCalls calls) {
    ByteBuffer pids = CallBuffer.allocate(MOST * Integer.BYTES);
    int count = calls.GetConsoleProcessList(pids);
    return count < 0 || count > MOST
        ? Set.of()
        : IntStream.range(0, count)
            .mapToObj(i -> pids.getInt(i * Integer.BYTES))
            .collect(Collectors.toSet());
  }
}
