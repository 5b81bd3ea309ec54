// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.WindowsCalls;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * The main windows of a process, through which it can be asked to end: those that are visible and
 * have no owner, as in .NET. A program has hidden ones besides, which are not for its user. For a
 * program without any there is {@link ConsoleOwner}.
 */
final class ProcessWindows {

  private static final int WM_CLOSE = 0x10;
  private static final int GW_OWNER = 4;

  /** See {@code WNDCLASS}, with the zero at its end. */
  private static final int LONGEST_CLASS = 257;

  /**
   * Windows tells for a console that it belongs to the first program on it. To close it ends all
   * programs on it.
   */
  private static final Set<String> CONSOLES = Set.of("ConsoleWindowClass", "PseudoConsoleWindow");

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

  private boolean isMain(long window) {
    return calls.IsWindowVisible(window) != 0
        && calls.GetWindow(window, GW_OWNER) == 0
        && !CONSOLES.contains(kind(window));
  }

  private String kind(long window) {
    ByteBuffer name = CallBuffer.allocate(LONGEST_CLASS * Character.BYTES);
    int length = calls.GetClassNameW(window, name);
    name.limit(Math.max(0, Math.min(length, LONGEST_CLASS)) * Character.BYTES);
    return StandardCharsets.UTF_16LE.decode(name).toString();
  }

  private Set<Long> of(int pid) {
    ByteBuffer owner = CallBuffer.allocate(Integer.BYTES);
    Set<Long> seen = new HashSet<>();
    Set<Long> found = new HashSet<>();
    // A window that goes to another place meanwhile may come twice.
    for (long window = calls.FindWindowExW(0, 0);
        window > 0 && seen.add(window);
        window = calls.FindWindowExW(0, window)) {
      if (calls.GetWindowThreadProcessId(window, owner) >= 0
          && owner.getInt(0) == pid
          && isMain(window)) {
        found.add(window);
      }
    }
    return found;
  }
}
