// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import static io.tcptable.TcpTableException.asking;

import com.fasterxml.jackson.annotation.JsonValue;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.PinnedHandle;
import io.tcptable.internal.platform.SourceException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * A process held fast, so that signals reach it and never a later process with the same PID. Made
 * by {@link OsProcess#hold()}; close it when done. For use by one thread at a time.
 *
 * <p>On Windows it holds a handle of the process, on Linux a descriptor of the process ({@code
 * pidfd_open(2)}, since Linux 5.3). Where there is none, PID and start time are compared right
 * before each signal, which leaves microseconds in which the process may end and its PID be given
 * away: see {@link #isPinned()}.
 *
 * <p>A process that has ended but whose parent has not yet asked for its exit code, a zombie,
 * counts as ended: it holds no socket any more.
 */
public final class PinnedProcess implements AutoCloseable {

  private final OsProcess process;
  private final PinnedHandle hold;

  PinnedProcess(OsProcess process, PinnedHandle hold) {
    this.process = process;
    this.hold = hold;
  }

  /** The process that is held. */
  @JsonValue
  public OsProcess process() {
    return process;
  }

  /** Whether the system itself rules out that a signal reaches another process. */
  public boolean isPinned() {
    return hold.isPinned();
  }

  /**
   * Whether this user may end the process; true as well if it has ended already. Sends nothing.
   *
   * @throws TcpTableException if the system cannot tell
   */
  public boolean maySignal() {
    return asking(hold::maySignal);
  }

  /**
   * Whether there may be a way to ask the process to end; if not, it can only be ended. On Linux
   * there always is. On Windows it takes a window or a console of the process; who else is on its
   * console only {@link #terminate()} finds out.
   */
  public boolean canBeAsked() {
    return asking(hold::canBeAsked);
  }

  /**
   * Asks processes to end, in their order, each as {@link #terminate()} does. On Windows, those
   * that share a console with each other and no others are sent Ctrl-C together.
   *
   * @return whether any of them was asked
   * @throws TcpTableException if this user may not
   */
  public static boolean terminate(Collection<PinnedProcess> processes) {
    Objects.requireNonNull(processes, "processes");
    List<PinnedHandle> held = processes.stream().map(it -> it.hold).toList();
    return asking(() -> Platforms.access().processes().terminate(held));
  }

  /**
   * Asks the process to end, which it may ignore: on Linux by SIGTERM, on Windows by WM_CLOSE to
   * its windows or, if it has none and is alone on its console, by Ctrl-C. A batch file by which
   * {@link io.tcptable.restart.PortRestart} has started it does not count. Ctrl-C is sent by
   * another JVM, which takes about half a second.
   *
   * @return whether it was asked; false if it has ended already or cannot be asked
   * @throws TcpTableException if this user may not
   */
  public boolean terminate() {
    return asking(hold::terminate);
  }

  /**
   * Ends the process, whether it wants to or not: on Linux by SIGKILL, on Windows by {@code
   * TerminateProcess} with exit code 1.
   *
   * @return whether there was something to end; false if it has ended already
   * @throws TcpTableException if this user may not
   */
  public boolean kill() {
    return asking(hold::kill);
  }

  /** Whether the process has ended. */
  public boolean hasEnded() {
    return asking(hold::hasEnded);
  }

  /**
   * Waits until the process has ended.
   *
   * @param longest how long to wait; not at all if it is zero or less
   * @return whether it has ended
   * @throws InterruptedException if this thread is interrupted before or meanwhile
   */
  public boolean awaitEnd(Duration longest) throws InterruptedException {
    Objects.requireNonNull(longest, "longest");
    try {
      return hold.awaitEnd(longest);
    } catch (SourceException e) {
      throw new TcpTableException(e);
    }
  }

  /** Lets go of the process, which lives on. */
  @Override
  public void close() {
    hold.close();
  }

  /** Name and PID. */
  @Override
  public String toString() {
    return process.toString();
  }
}
