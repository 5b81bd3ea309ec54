// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.WindowsCalls;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * The windows of a process, through which alone it can be asked to end.
 *
 * <p>For a console program there is {@code GenerateConsoleCtrlEvent}, but that reaches the programs
 * of the caller's own console only, and all of them, the caller too, unless the one that is meant
 * was started as the head of a group.
 */
final class ProcessWindows {

  private static final int WM_CLOSE = 0x10;

  private final WindowsCalls calls;

  ProcessWindows(WindowsCalls calls) {
    this.calls = calls;
  }

  boolean hasAny(int pid) {
    return !of(pid).isEmpty();
  }

  /**
   * Asks each window to close, as a click on its cross does; whether one takes the request. Windows
   * refuses it to a program with fewer rights (a lower integrity level) than that of the window.
   */
  boolean close(int pid) {
    boolean isAsked = false;
    for (long window : of(pid)) {
      isAsked |= calls.PostMessageW(window, WM_CLOSE, 0, 0) >= 0;
    }
    return isAsked;
  }

  private Set<Long> of(int pid) {
    ByteBuffer owner = CallBuffer.allocate(Integer.BYTES);
    Set<Long> seen = new HashSet<>();
    Set<Long> found = new HashSet<>();
    // A window that goes to another place meanwhile may come twice.
    for (long window = calls.FindWindowExW(0, 0);
        window > 0 && seen.add(window);
        window = calls.FindWindowExW(0, window)) {
      if (calls.GetWindowThreadProcessId(window, owner) >= 0 && owner.getInt(0) == pid) {
        found.add(window);
      }
    }
    return found;
  }
}
