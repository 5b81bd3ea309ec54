// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.platform.PinnedHandle;
import io.tcptable.internal.table.ProcessIdentity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C reaches all on a console, so that it is sent only where nobody else is. */
class ConsoleInterruptTest {

  private static final int PID = 400;
  private static final int SELF = 900;

  /** A Windows in which these processes are on the console of the process. */
  private static class Console extends FakeWindows {

    private final List<Integer> pids;
    private final List<String> calls = new ArrayList<>();

    Console(Integer... pids) {
      this.pids = List.of(pids);
    }

    @Override
    public int FreeConsole() {
      calls.add("free");
      return super.FreeConsole();
    }

    @Override
    public int AttachConsole(int pid) {
      calls.add("attach " + pid);
      return 0;
    }

    @Override
    public int SetConsoleCtrlHandler(int add) {
      calls.add("ignore " + add);
      return 0;
    }

    @Override
    public int GetConsoleProcessList(ByteBuffer list) {
      for (int i = 0; i < pids.size() && pids.size() * Integer.BYTES <= list.limit(); i++) {
        list.putInt(i * Integer.BYTES, pids.get(i));
      }
      return pids.size();
    }

    @Override
    public int GenerateConsoleCtrlEvent(int event, int group) {
      calls.add("event " + event + " to " + group);
      return 0;
    }

    boolean isAsked() {
      boolean isSent = ConsoleInterrupt.send(this, PID, SELF);
      assertThat(calls.contains("event 0 to 0")).isEqualTo(isSent);
      return isSent;
    }
  }

  @Test
  void toAProcessThatIsAlone() {
    Console console = new Console(SELF, PID);
    assertThat(console.isAsked()).isTrue();
    assertThat(console.calls).containsExactly("free", "attach 400", "ignore 1", "event 0 to 0");
  }

  @Test
  void notWhereAnotherOneIs() {
    assertThat(new Console(SELF, PID, 4).isAsked()).isFalse();
    assertThat(new Console(PID, 4).isAsked()).isFalse();
    assertThat(new Console(SELF, 4).isAsked()).isFalse();
    assertThat(new Console(SELF, 4, 5, 6, 7, PID).isAsked()).isFalse();
    assertThat(new Console().isAsked()).isFalse();
  }

  @Test
  void notIfItsConsoleCannotBeEntered() {
    Console none =
        new Console(SELF, PID) {
          @Override
          public int AttachConsole(int pid) {
            return -Win32Error.ACCESS_DENIED;
          }
        };
    assertThat(none.isAsked()).isFalse();
  }

  @Test
  void notIfTheListCannotBeRead() {
    Console none =
        new Console(SELF, PID) {
          @Override
          public int GetConsoleProcessList(ByteBuffer list) {
            return -Win32Error.INVALID_HANDLE;
          }
        };
    assertThat(none.isAsked()).isFalse();
  }

  /** Or it would end itself, before it could say that it has sent it. */
  @Test
  void notIfItCannotIgnoreItItself() {
    Console none =
        new Console(SELF, PID) {
          @Override
          public int SetConsoleCtrlHandler(int add) {
            return -Win32Error.INVALID_PARAMETER;
          }
        };
    assertThat(none.isAsked()).isFalse();
  }

  private final List<Integer> interrupted = new ArrayList<>();

  private PinnedHandle held(FakeWindows windows) {
    ProcessIdentity server =
        new ProcessList(windows)
            .read().stream()
                .map(ListedProcess::identity)
                .filter(it -> it.pid() == PID)
                .findFirst()
                .orElseThrow();
    return WindowsHandle.of(windows, server, this::interrupt).orElseThrow();
  }

  private boolean interrupt(int pid) {
    interrupted.add(pid);
    return true;
  }

  private static FakeWindows withConsole(FakeWindows windows, long console) {
    String program = "C:\\server.exe";
    return windows
        .process(PID, 0, 10, "server.exe")
        .memory(
            PID,
            new FakeMemory(program).of64Bits(program, "server", "C:\\", "A=1").console(console));
  }

  @Test
  void aServerWithAConsoleCanBeAsked() {
    FakeWindows windows = withConsole(new FakeWindows(), 0x44);
    try (PinnedHandle server = held(windows)) {
      assertThat(server.canBeAsked()).isTrue();
      assertThat(interrupted).isEmpty();
      assertThat(server.terminate()).isTrue();
      assertThat(interrupted).containsExactly(PID);
    }
    assertThat(windows.openHandles()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, -3, 3})
  void aServerWithoutOneCannot(long console) {
    try (PinnedHandle server = held(withConsole(new FakeWindows(), console))) {
      assertThat(server.canBeAsked()).isFalse();
      assertThat(server.terminate()).isFalse();
      assertThat(interrupted).isEmpty();
    }
  }

  @Test
  void ofAServerWithAWindowOnlyTheWindowIsAsked() {
    FakeWindows windows =
        new FakeWindows() {
          @Override
          public long FindWindowExW(long parent, long after) {
            return after == 0 ? 1 : 0;
          }

          @Override
          public int GetWindowThreadProcessId(long window, ByteBuffer pid) {
            pid.putInt(0, PID);
            return 0;
          }

          @Override
          public int IsWindowVisible(long window) {
            return 1;
          }

          @Override
          public int PostMessageW(long window, int message, long first, long second) {
            return 0;
          }
        };
    try (PinnedHandle server = held(withConsole(windows, 0x44))) {
      assertThat(server.canBeAsked()).isTrue();
      assertThat(server.terminate()).isTrue();
      assertThat(interrupted).isEmpty();
    }
  }
}
