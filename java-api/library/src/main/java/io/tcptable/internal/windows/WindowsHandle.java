// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.WindowsCalls;
import io.tcptable.internal.platform.PinnedHandle;
import io.tcptable.internal.table.ProcessIdentity;
import java.util.Optional;

/** Holds a process by a handle, which refers to that process and no other, dead or alive. */
final class WindowsHandle implements PinnedHandle {

  private static final int HOLDING =
      OpenProcesses.SYNCHRONIZE | OpenProcesses.QUERY_LIMITED_INFORMATION;

  /** What a process ended by {@code taskkill /F} has too. */
  private static final int EXIT_CODE = 1;

  private final WindowsCalls calls;
  private final OpenProcesses handles;
  private final ProcessIdentity process;
  private final long handle;
  private final boolean mayTerminate;
  private boolean closed;

  private WindowsHandle(
      WindowsCalls calls, ProcessIdentity process, long handle, boolean mayTerminate) {
    this.calls = calls;
    this.handles = new OpenProcesses(calls);
    this.process = process;
    this.handle = handle;
    this.mayTerminate = mayTerminate;
  }

  /** Empty if it has ended. */
  static Optional<PinnedHandle> of(WindowsCalls calls, ProcessIdentity process) {
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
    return Optional.of(new WindowsHandle(calls, process, handle, mayTerminate));
  }

  @Override
  public boolean isPinned() {
    return true;
  }

  @Override
  public boolean maySignal() {
    return mayTerminate || hasEnded();
  }

  @Override
  public boolean canBeAsked() {
    return new ProcessWindows(calls).hasAny(process.pid());
  }

  @Override
  public boolean terminate() {
    return !hasEnded() && new ProcessWindows(calls).close(process.pid());
  }

  @Override
  public boolean kill() {
    if (hasEnded()) {
      return false;
    }
    int result = calls.TerminateProcess(handle(), EXIT_CODE);
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
