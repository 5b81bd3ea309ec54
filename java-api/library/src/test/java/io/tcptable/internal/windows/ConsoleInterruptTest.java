// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.platform.PinnedHandle;
import io.tcptable.internal.table.ProcessIdentity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C reaches all on a console, so that it is sent only where all of them are to get it. */
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
      return isAsked(Set.of(PID), Set.of());
    }

    boolean isAsked(Set<Integer> pids, Set<Integer> waiting) {
      boolean isSent = ConsoleInterrupt.send(this, pids, waiting, SELF);
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
  void onceToAllThatAreToEndAndThoseThatWaitForThem() {
    Console console = new Console(SELF, PID, 404, 4);
    assertThat(console.isAsked(Set.of(PID, 404), Set.of(4, 8))).isTrue();
    assertThat(console.calls).containsOnlyOnce("free", "ignore 1", "event 0 to 0").hasSize(4);
    assertThat(new Console(SELF, PID, 404, 5).isAsked(Set.of(PID, 404), Set.of(4, 8))).isFalse();
    assertThat(new Console(SELF, 4).isAsked(Set.of(PID), Set.of(4))).isFalse();
  }

  /** One console after the other, each only if it may. */
  @Test
  void toEachConsoleOfItsOwn() {
    List<Integer> sent = new ArrayList<>();
    FakeWindows windows =
        new FakeWindows() {
          private int at;

          @Override
          public int AttachConsole(int pid) {
            at = pid;
            return 0;
          }

          @Override
          public int GetConsoleProcessList(ByteBuffer list) {
            list.putInt(0, SELF).putInt(4, at).putInt(8, 5);
            return at == 404 ? 3 : 2;
          }

          @Override
          public int GenerateConsoleCtrlEvent(int event, int group) {
            sent.add(at);
            return 0;
          }
        };
    assertThat(ConsoleInterrupt.send(windows, Set.of(400, 404, 408), Set.of(), SELF)).isTrue();
    assertThat(sent).containsExactlyInAnyOrder(400, 408);
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

  private final List<Set<Integer>> interrupted = new ArrayList<>();

  private PinnedHandle held(FakeWindows windows) {
    return held(windows, PID);
  }

  private PinnedHandle held(FakeWindows windows, int pid) {
    ProcessIdentity server =
        new ProcessList(windows)
            .read().stream()
                .map(ListedProcess::identity)
                .filter(it -> it.pid() == pid)
                .findFirst()
                .orElseThrow();
    return WindowsHandle.of(windows, server, this::interrupt).orElseThrow();
  }

  private boolean interrupt(Set<Integer> pids) {
    interrupted.add(pids);
    return true;
  }

  private static FakeWindows withConsole(FakeWindows windows, long console) {
    return withConsole(windows, PID, console);
  }

  private static FakeWindows withConsole(FakeWindows windows, int pid, long console) {
    String program = "C:\\server.exe";
    return windows
        .process(pid, 0, 10, "server.exe")
        .memory(
            pid,
            new FakeMemory(program).of64Bits(program, "server", "C:\\", "A=1").console(console));
  }

  @Test
  void aServerWithAConsoleCanBeAsked() {
    FakeWindows windows = withConsole(new FakeWindows(), 0x44);
    try (PinnedHandle server = held(windows)) {
      assertThat(server.canBeAsked()).isTrue();
      assertThat(interrupted).isEmpty();
      assertThat(server.terminate()).isTrue();
      assertThat(interrupted).containsExactly(Set.of(PID));
    }
    assertThat(windows.openHandles()).isZero();
  }

  @Test
  void serversAreAskedTogether() {
    FakeWindows windows = withConsole(withConsole(new FakeWindows(), 0x44), 404, 0x48);
    try (PinnedHandle one = held(windows);
        PinnedHandle other = held(windows, 404)) {
      assertThat(WindowsHandle.terminate(List.of(one, other), this::interrupt)).isTrue();
    }
    assertThat(interrupted).containsExactly(Set.of(PID, 404));
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
