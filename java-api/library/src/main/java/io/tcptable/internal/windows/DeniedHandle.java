// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.WindowsCalls;
import io.tcptable.internal.platform.PinnedHandle;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.table.ProcessIdentity;

/** Stands for a process that this user may not even wait for, such as one of the system. */
final class DeniedHandle implements PinnedHandle {

  private final ProcessList processes;
  private final ProcessIdentity process;

  DeniedHandle(WindowsCalls calls, ProcessIdentity process) {
    this.processes = new ProcessList(calls);
    this.process = process;
  }

  @Override
  public boolean isPinned() {
    return false;
  }

  @Override
  public boolean maySignal() {
    return hasEnded();
  }

  @Override
  public boolean canBeAsked() {
    return false;
  }

  @Override
  public boolean terminate() {
    return refused();
  }

  @Override
  public boolean kill() {
    return refused();
  }

  private boolean refused() throws SourceException {
    if (hasEnded()) {
      return false;
    }
    throw Win32Error.failure("OpenProcess", -Win32Error.ACCESS_DENIED, "ending a process");
  }

  @Override
  public boolean hasEnded() {
    return processes.read().stream()
        .noneMatch(now -> now.pid() == process.pid() && now.start() == process.start());
  }

  @Override
  public void close() {
    // Nothing is kept open.
  }
}
