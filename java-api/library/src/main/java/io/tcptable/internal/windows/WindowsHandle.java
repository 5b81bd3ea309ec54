// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.WindowsCalls;
import io.tcptable.internal.platform.PinnedHandle;
import io.tcptable.internal.table.ProcessIdentity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds a process by a handle, which refers to that process and no other, dead or alive. */
final class WindowsHandle implements PinnedHandle {

  /** Sends Ctrl-C. */
  interface Interrupt {

    /**
     * Sends it to each console on which these processes are, and no others.
     *
     * @return whether it was sent
     */
    boolean send(Set<Integer> pids);
  }

  private static final int HOLDING =
      OpenProcesses.SYNCHRONIZE | OpenProcesses.QUERY_LIMITED_INFORMATION;

  private final WindowsCalls calls;
  private final OpenProcesses handles;
  private final ProcessIdentity process;
  private final long handle;
  private final boolean mayTerminate;
  private final Interrupt interrupt;
  private boolean closed;

  private WindowsHandle(
      WindowsCalls calls,
      ProcessIdentity process,
      long handle,
      boolean mayTerminate,
      Interrupt interrupt) {
    this.calls = calls;
    this.handles = new OpenProcesses(calls);
    this.process = process;
    this.handle = handle;
    this.mayTerminate = mayTerminate;
    this.interrupt = interrupt;
  }

  /**
   * Empty if it has ended.
   *
   * @param interrupt sends Ctrl-C
   */
  static Optional<PinnedHandle> of(
      WindowsCalls calls, ProcessIdentity process, Interrupt interrupt) {
    OpenProcesses handles = new OpenProcesses(calls);
    long handle = handles.open(process, HOLDING | OpenProcesses.TERMINATE);
    boolean mayTerminate = handle != -Win32Error.ACCESS_DENIED;
    if (!mayTerminate) {
      handle = handles.open(process, HOLDING);
    }
    if (handle == -Win32Error.ACCESS_DENIED) {
      return Optional.of(new DeniedHandle(calls, process));
    }
    if (handle == -Win32Error.INVALID_PARAMETER) {
      return Optional.empty();
    }
    if (handle < 0) {
      throw Win32Error.failure("OpenProcess", handle, "holding a process");
    }
    if (handles.hasEnded(handle)) {
      handles.close(handle);
      return Optional.empty();
    }
    return Optional.of(new WindowsHandle(calls, process, handle, mayTerminate, interrupt));
  }

  @Override
  public boolean isPinned() {
    return true;
  }

  @Override
  public boolean maySignal() {
    return mayTerminate || hasEnded();
  }

  /** Of a console, only its owner can tell whether it is alone there: by asking it. */
  @Override
  public boolean canBeAsked() {
    return new ProcessWindows(calls).hasAny(process.pid()) || hasConsole();
  }

  private boolean hasConsole() {
    long reading = handles.open(process, OpenProcesses.READING);
    if (reading < 0) {
      return false;
    }
    try {
      return new ProcessParameters(calls, reading).hasConsole();
    } finally {
      handles.close(reading);
    }
  }

  /** Its company on the console has to be asked with it. */
  @Override
  public boolean terminate() {
    return terminate(List.of(this), interrupt);
  }

  /**
   * Asks each by its windows if it has any, as what it does then is of its own choice, and the
   * others by their consoles.
   */
  static boolean terminate(List<PinnedHandle> held, Interrupt interrupt) {
    boolean isAsked = false;
    Set<Integer> onConsoles = new LinkedHashSet<>();
    for (PinnedHandle one : held) {
      if (one instanceof WindowsHandle handle) {
        isAsked |= handle.closeWindows(onConsoles);
      } else {
        isAsked |= one.terminate();
      }
    }
    return (!onConsoles.isEmpty() && interrupt.send(onConsoles)) || isAsked;
  }

  private boolean closeWindows(Set<Integer> onConsoles) {
    if (hasEnded()) {
      return false;
    }
    ProcessWindows windows = new ProcessWindows(calls);
    if (windows.hasAny(process.pid())) {
      return windows.close(process.pid());
    }
    if (hasConsole()) {
      onConsoles.add(process.pid());
    }
    return false;
  }

  @Override
  public boolean kill() {
    if (hasEnded()) {
      return false;
    }
    int result = handles.terminate(handle());
    if (result < 0 && !hasEnded()) {
      throw Win32Error.failure("TerminateProcess", result, "ending a process");
    }
    return result >= 0;
  }

  @Override
  public boolean hasEnded() {
    return handles.hasEnded(handle());
  }

  /** Once closed, the number may belong to another handle. */
  private long handle() {
    if (closed) {
      throw new IllegalStateException("no longer held");
    }
    return handle;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      handles.close(handle);
    }
  }
}
