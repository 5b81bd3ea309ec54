// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which windows are asked to close: those that a user sees as the program. */
class ProcessWindowsTest {

  private static final int PID = 400;
  private static final long OTHER = 77;

  private record Window(int pid, boolean visible, long owner, String kind, boolean refuses) {}

  private static Window main(int pid) {
    return new Window(pid, true, 0, "SunAwtFrame", false);
  }

  /** A Windows with these windows, numbered from 1 on. */
  private static final class Desktop extends FakeWindows {

    private final List<Window> windows;
    private final List<Long> asked = new ArrayList<>();

    Desktop(Window... windows) {
      this.windows = List.of(windows);
    }

    private Window window(long number) {
      return windows.get((int) number - 1);
    }

    @Override
    public long FindWindowExW(long parent, long after) {
      return after < windows.size() ? after + 1 : 0;
    }

    @Override
    public int GetWindowThreadProcessId(long window, ByteBuffer pid) {
      pid.putInt(0, window(window).pid());
      return 0;
    }

    @Override
    public int IsWindowVisible(long window) {
      return window(window).visible() ? 1 : 0;
    }

    @Override
    public long GetWindow(long window, int relation) {
      return relation == 4 ? window(window).owner() : -1;
    }

    @Override
    public int GetClassNameW(long window, ByteBuffer name) {
      byte[] kind = window(window).kind().getBytes(StandardCharsets.UTF_16LE);
      name.put(0, kind);
      return kind.length / 2;
    }

    @Override
    public int PostMessageW(long window, int message, long first, long second) {
      assertThat(message).isEqualTo(0x10);
      if (window(window).refuses()) {
        return -Win32Error.ACCESS_DENIED;
      }
      asked.add(window);
      return 0;
    }
  }

  @Test
  void theMainWindowsOfTheProcess() {
    Desktop desktop = new Desktop(main(PID), main(4), main(PID));

    assertThat(new ProcessWindows(desktop).hasAny(PID)).isTrue();
    assertThat(new ProcessWindows(desktop).close(PID)).isTrue();
    assertThat(desktop.asked).containsExactly(1L, 3L);
  }

  /** Of an input method, of the tray, of AWT, a dialog; and the console of a whole shell. */
  @Test
  void noOthers() {
    Desktop desktop =
        new Desktop(
            new Window(PID, false, 0, "IME", false),
            new Window(PID, false, 0, "SunAwtToolkit", false),
            new Window(PID, true, OTHER, "SunAwtDialog", false),
            new Window(PID, true, 0, "ConsoleWindowClass", false),
            new Window(PID, true, 0, "PseudoConsoleWindow", false));

    assertThat(new ProcessWindows(desktop).hasAny(PID)).isFalse();
    assertThat(new ProcessWindows(desktop).close(PID)).isFalse();
    assertThat(desktop.asked).isEmpty();
  }

  /** As to the window of a program that runs as administrator. */
  @Test
  void whatIsRefusedIsNotAsked() {
    Desktop desktop = new Desktop(new Window(PID, true, 0, "Notepad", true));

    assertThat(new ProcessWindows(desktop).hasAny(PID)).isTrue();
    assertThat(new ProcessWindows(desktop).close(PID)).isFalse();
  }
}
