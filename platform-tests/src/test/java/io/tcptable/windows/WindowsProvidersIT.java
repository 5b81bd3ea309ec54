// SPDX-License-Identifier: Apache-2.0
package io.tcptable.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.NativePlatform;
import io.tcptable.internal.binding.WindowsCalls;
import io.tcptable.internal.binding.WindowsLibraries;
import io.tcptable.internal.binding.jna.JnaWindowsCalls;
import io.tcptable.internal.binding.jni.JniWindowsCalls;
import io.tcptable.internal.binding.jnr.JnrWindowsCalls;
import io.tcptable.internal.platform.SystemAccess;
import io.tcptable.internal.windows.WindowsAccess;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each provider makes each call with the right arguments in the right places and widths, and brings
 * back result, bytes and error: by {@code win32_stand_in.c}, which takes nothing else.
 */
class WindowsProvidersIT {

  private static final long PROCESS = 0x7123456789abcdf0L;
  private static final long TOKEN = 0x7123456789abcd44L;
  private static final long WINDOW = 0x7123456700010010L;
  private static final int PID = 0xfffffffc;
  private static final long MEMORY = 0x00007ff712345678L;

  private static final int ACCESS_DENIED = -5;
  private static final int INVALID_HANDLE = -6;
  private static final int INVALID_PARAMETER = -87;
  private static final int INSUFFICIENT_BUFFER = -122;
  private static final int PARTIAL_COPY = -299;
  private static final int MR_MID_NOT_FOUND = -317;
  private static final int NONE_MAPPED = -1332;
  private static final int INVALID_WINDOW_HANDLE = -1400;
  private static final int LENGTH_MISMATCH = 0xC0000004;
  private static final int INVALID_INFO_CLASS = 0xC0000003;

  /** Who makes the calls, and the name of it. */
  record Provider(String name, WindowsCalls calls) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Provider> providers() {
    WindowsLibraries standIn = StandIn.libraries();
    System.load(Wine.program("jni-on-stand-in.so").toString());
    Stream<Provider> all =
        Stream.of(
            new Provider("jni", new JniWindowsCalls(NativePlatform.LINUX)),
            new Provider("jna", new JnaWindowsCalls(standIn)),
            new Provider("jnr", new JnrWindowsCalls(standIn)));
    return Runtime.version().feature() < 22
        ? all
        : Stream.concat(Stream.of(new Provider("ffm", StandIn.ffm())), all);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void tables(Provider provider) {
    WindowsCalls calls = provider.calls();
    ByteBuffer table = CallBuffer.allocate(1000);
    ByteBuffer size = CallBuffer.allocate(4).putInt(0, 1000);
    assertThat(calls.GetExtendedTcpTable(table, size, 0, 2, 5)).isZero();
    assertThat(size.getInt(0)).isEqualTo(52);
    assertThat(table.getInt(0)).isEqualTo(2);
    assertThat(table.getInt(4 + 20)).isEqualTo(0xe0);
    assertThat(calls.GetExtendedTcpTable(table, size.putInt(0, 51), 0, 2, 5))
        .isEqualTo(INSUFFICIENT_BUFFER);
    assertThat(size.getInt(0)).isEqualTo(52);
    assertThat(calls.GetExtendedTcpTable(table, size.putInt(0, 1000), 0, 23, 5)).isZero();
    assertThat(size.getInt(0)).isEqualTo(60);
    assertThat(calls.GetExtendedTcpTable(table, size, 5, 2, 0)).isEqualTo(INVALID_PARAMETER);
    assertThat(calls.GetExtendedTcpTable(table, size, 0, 5, 2)).isEqualTo(INVALID_PARAMETER);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void droppingAConnection(Provider provider) {
    ByteBuffer row = CallBuffer.allocate(20).putInt(0, 12);
    row.put(4, new byte[] {127, 0, 0, 1, 0x75, 0x41, 0, 0, 127, 0, 0, 1, (byte) 0xca, (byte) 0xdc});
    assertThat(provider.calls().SetTcpEntry(row)).isZero();
    assertThat(provider.calls().SetTcpEntry(row.putInt(0, 5))).isEqualTo(MR_MID_NOT_FOUND);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void modulesOfOwners(Provider provider) {
    WindowsCalls calls = provider.calls();
    for (int family : new int[] {2, 23}) {
      int length = family == 2 ? 160 : 192;
      ByteBuffer table = CallBuffer.allocate(1000);
      ByteBuffer size = CallBuffer.allocate(4).putInt(0, 1000);
      assertThat(calls.GetExtendedTcpTable(table, size, 0, family, 8)).isZero();
      ByteBuffer row = CallBuffer.allocate(length).put(0, table, 8, length);
      ByteBuffer module = CallBuffer.allocate(100);
      assertThat(module(calls, family, row, 0, module, size.putInt(0, 41)))
          .isEqualTo(INSUFFICIENT_BUFFER);
      assertThat(size.getInt(0)).isEqualTo(42);
      assertThat(module(calls, family, row, 0, module, size)).isZero();
      assertThat(module.getLong(8) - module.getLong(0)).isEqualTo(16);
      assertThat(StandardCharsets.UTF_16LE.decode(module.slice(16, 14)).toString())
          .isEqualTo("Pe\u00e9rSvc");
      assertThat(module(calls, family, row, 1, module, size)).isEqualTo(INVALID_PARAMETER);
      assertThat(module(calls, family, row.put(4, (byte) 99), 0, module, size))
          .isEqualTo(INVALID_PARAMETER);
    }
  }

  private static int module(
      WindowsCalls calls,
      int family,
      ByteBuffer row,
      int infoClass,
      ByteBuffer module,
      ByteBuffer size) {
    return family == 2
        ? calls.GetOwnerModuleFromTcpEntry(row, infoClass, module, size)
        : calls.GetOwnerModuleFromTcp6Entry(row, infoClass, module, size);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void listOfProcesses(Provider provider) {
    WindowsCalls calls = provider.calls();
    ByteBuffer list = CallBuffer.allocate(1000);
    ByteBuffer length = CallBuffer.allocate(4);
    assertThat(calls.NtQuerySystemInformation(5, list, length)).isZero();
    assertThat(length.getInt(0)).isEqualTo(360);
    assertThat(list.getLong(32)).isEqualTo(0x01dd7c72cf13e8fcL);
    assertThat(list.getLong(80)).isEqualTo(0xe0);
    assertThat(calls.NtQuerySystemInformation(5, CallBuffer.allocate(359), length))
        .isEqualTo(LENGTH_MISMATCH);
    assertThat(calls.NtQuerySystemInformation(6, list, length)).isEqualTo(INVALID_INFO_CLASS);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void openingAndClosing(Provider provider) {
    WindowsCalls calls = provider.calls();
    assertThat(calls.OpenProcess(0x80101401, PID)).isEqualTo(PROCESS);
    assertThat(calls.OpenProcess(PID, 0x80101401)).isEqualTo(INVALID_PARAMETER);
    assertThat(calls.CloseHandle(PROCESS)).isZero();
    assertThat(calls.CloseHandle(PROCESS & 0xffffffffL)).isEqualTo(INVALID_HANDLE);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void timesAndName(Provider provider) {
    WindowsCalls calls = provider.calls();
    ByteBuffer[] times = {
      CallBuffer.allocate(8), CallBuffer.allocate(8), CallBuffer.allocate(8), CallBuffer.allocate(8)
    };
    assertThat(calls.GetProcessTimes(PROCESS, times[0], times[1], times[2], times[3])).isZero();
    assertThat(Stream.of(times).map(time -> time.getLong(0)))
        .containsExactly(0x8000000000000001L, 2L, 3L, 4L);
    assertThat(calls.GetProcessTimes(1, times[0], times[1], times[2], times[3]))
        .isEqualTo(INVALID_HANDLE);
    ByteBuffer name = CallBuffer.allocate(100);
    ByteBuffer size = CallBuffer.allocate(4).putInt(0, 50);
    assertThat(calls.QueryFullProcessImageNameW(PROCESS, 1, name, size)).isZero();
    assertThat(StandardCharsets.UTF_16LE.decode(name.limit(2 * size.getInt(0))).toString())
        .isEqualTo("C:\\p\u00e9.exe");
    assertThat(calls.QueryFullProcessImageNameW(PROCESS, 1, name, size.putInt(0, 8)))
        .isEqualTo(INSUFFICIENT_BUFFER);
    assertThat(calls.QueryFullProcessImageNameW(1, 1, name, size)).isEqualTo(INVALID_HANDLE);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void memory(Provider provider) {
    WindowsCalls calls = provider.calls();
    ByteBuffer basic = CallBuffer.allocate(48);
    assertThat(calls.NtQueryInformationProcess(PROCESS, 0, basic)).isZero();
    assertThat(basic.getLong(8)).isEqualTo(MEMORY);
    assertThat(calls.NtQueryInformationProcess(PROCESS, 0, CallBuffer.allocate(47)))
        .isEqualTo(LENGTH_MISMATCH);
    ByteBuffer bytes = CallBuffer.allocate(5);
    assertThat(calls.ReadProcessMemory(PROCESS, MEMORY, bytes.limit(3))).isZero();
    assertThat(bytes.limit(5).getInt(0)).isEqualTo(0x00a5a5a5);
    assertThat(calls.ReadProcessMemory(MEMORY, PROCESS, bytes)).isEqualTo(PARTIAL_COPY);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void startingAProgram(Provider provider) {
    WindowsCalls calls = provider.calls();
    ByteBuffer security = CallBuffer.allocate(24).putInt(0, 24).putInt(16, 1);
    ByteBuffer file = text("l\u00e9\0");
    assertThat(calls.CreateFileW(file, 0x80000004, 7, security, 4, 0x80000080)).isEqualTo(PROCESS);
    assertThat(calls.CreateFileW(file, 7, 0x80000004, security, 4, 0x80000080))
        .isEqualTo(ACCESS_DENIED);
    ByteBuffer handles =
        CallBuffer.allocate(24).putLong(0, PROCESS).putLong(8, TOKEN).putLong(16, WINDOW);
    ByteBuffer line = text("x \u00e9\0");
    ByteBuffer variables = text("A=1\0\0");
    ByteBuffer root = text("C:\\\0");
    ByteBuffer started = CallBuffer.allocate(24);
    assertThat(calls.CreateProcessW(line, 0x88000400, variables, root, handles, started)).isZero();
    assertThat(started.getLong(0)).isEqualTo(PROCESS);
    assertThat(started.getLong(8)).isEqualTo(TOKEN);
    assertThat(started.getInt(16)).isEqualTo(PID);
    assertThat(calls.CreateProcessW(line, 0x88000400, root, variables, handles, started))
        .isEqualTo(ACCESS_DENIED);
    assertThat(
            calls.CreateProcessW(
                line, 0x88000400, variables, root, handles.putLong(0, TOKEN), started))
        .isEqualTo(ACCESS_DENIED);
    ByteBuffer code = CallBuffer.allocate(4);
    assertThat(calls.GetExitCodeProcess(PROCESS, code)).isZero();
    assertThat(code.getInt(0)).isEqualTo(0xC000013A);
    assertThat(calls.GetExitCodeProcess(1, code)).isEqualTo(INVALID_HANDLE);
  }

  private static ByteBuffer text(String characters) {
    byte[] bytes = characters.getBytes(StandardCharsets.UTF_16LE);
    return CallBuffer.allocate(bytes.length).put(0, bytes);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void accounts(Provider provider) {
    WindowsCalls calls = provider.calls();
    ByteBuffer token = CallBuffer.allocate(8);
    assertThat(calls.OpenProcessToken(PROCESS, 0x80000008, token)).isZero();
    assertThat(token.getLong(0)).isEqualTo(TOKEN);
    assertThat(calls.OpenProcessToken(PROCESS, 8, token)).isEqualTo(ACCESS_DENIED);
    ByteBuffer user = CallBuffer.allocate(28);
    ByteBuffer length = CallBuffer.allocate(4);
    assertThat(calls.GetTokenInformation(TOKEN, 1, user.limit(27), length))
        .isEqualTo(INSUFFICIENT_BUFFER);
    assertThat(length.getInt(0)).isEqualTo(28);
    assertThat(calls.GetTokenInformation(TOKEN, 1, user.limit(28), length)).isZero();
    assertThat(calls.GetTokenInformation(PROCESS, 1, user, length)).isEqualTo(INVALID_HANDLE);
    ByteBuffer sid = CallBuffer.allocate(12).put(0, user, 16, 12);
    ByteBuffer name = CallBuffer.allocate(20);
    ByteBuffer domain = CallBuffer.allocate(20);
    ByteBuffer[] figures = {
      CallBuffer.allocate(4).putInt(0, 7),
      CallBuffer.allocate(4).putInt(0, 3),
      CallBuffer.allocate(4)
    };
    assertThat(calls.LookupAccountSidW(sid, name, figures[0], domain, figures[1], figures[2]))
        .isZero();
    assertThat(Stream.of(figures).map(figure -> figure.getInt(0))).containsExactly(6, 2, 5);
    assertThat(StandardCharsets.UTF_16LE.decode(name.limit(12)).toString())
        .isEqualTo("SYST\u00c9M");
    assertThat(StandardCharsets.UTF_16LE.decode(domain.limit(4)).toString()).isEqualTo("NT");
    assertThat(calls.LookupAccountSidW(sid, name, figures[0], domain, figures[1], figures[2]))
        .isEqualTo(INSUFFICIENT_BUFFER);
    sid.put(8, (byte) 19);
    assertThat(calls.LookupAccountSidW(sid, name, figures[0], domain, figures[1], figures[2]))
        .isEqualTo(NONE_MAPPED);
    assertThat(calls.CloseHandle(TOKEN)).isZero();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void endingAndWaiting(Provider provider) {
    WindowsCalls calls = provider.calls();
    assertThat(calls.TerminateProcess(PROCESS, 0xC000013A)).isZero();
    assertThat(calls.TerminateProcess(PROCESS, 1)).isEqualTo(ACCESS_DENIED);
    assertThat(calls.WaitForSingleObject(PROCESS, 0xfffffffe)).isZero();
    assertThat(calls.WaitForSingleObject(PROCESS, 0)).isEqualTo(258);
    assertThat(calls.WaitForSingleObject(1, 0)).isEqualTo(INVALID_HANDLE);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void windows(Provider provider) {
    WindowsCalls calls = provider.calls();
    assertThat(calls.FindWindowExW(0, 0)).isEqualTo(WINDOW);
    assertThat(calls.FindWindowExW(0, WINDOW)).isZero();
    ByteBuffer pid = CallBuffer.allocate(4);
    assertThat(calls.GetWindowThreadProcessId(WINDOW, pid)).isZero();
    assertThat(pid.getInt(0)).isEqualTo(PID);
    assertThat(calls.GetWindowThreadProcessId(1, pid)).isEqualTo(INVALID_WINDOW_HANDLE);
    assertThat(calls.IsWindowVisible(WINDOW)).isEqualTo(-2);
    assertThat(calls.IsWindowVisible(1)).isZero();
    assertThat(calls.GetWindow(WINDOW, 0x80000004)).isEqualTo(0x8000000000000003L);
    assertThat(calls.GetWindow(WINDOW, 4)).isZero();
    ByteBuffer name = CallBuffer.allocate(6);
    assertThat(calls.GetClassNameW(WINDOW, name)).isEqualTo(2);
    assertThat(name.asCharBuffer().toString()).isEqualTo("A\u00e9\0");
    assertThat(calls.GetClassNameW(1, name)).isEqualTo(INVALID_WINDOW_HANDLE);
    assertThat(calls.PostMessageW(WINDOW, 0x80000010, 0x8000000000000001L, -2)).isZero();
    assertThat(calls.PostMessageW(WINDOW, 0x80000010, -2, 0x8000000000000001L))
        .isEqualTo(INVALID_WINDOW_HANDLE);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void consoles(Provider provider) {
    WindowsCalls calls = provider.calls();
    assertThat(calls.FreeConsole()).isEqualTo(INVALID_PARAMETER);
    assertThat(calls.AttachConsole(PID)).isZero();
    assertThat(calls.AttachConsole(1)).isEqualTo(INVALID_HANDLE);
    ByteBuffer pids = CallBuffer.allocate(8);
    assertThat(calls.GetConsoleProcessList(pids)).isEqualTo(3);
    assertThat(pids.getInt(0)).isEqualTo(PID);
    assertThat(calls.GetConsoleProcessList(pids.limit(3))).isEqualTo(INVALID_PARAMETER);
    assertThat(calls.SetConsoleCtrlHandler(1)).isZero();
    assertThat(calls.SetConsoleCtrlHandler(0)).isEqualTo(INVALID_PARAMETER);
    assertThat(calls.GenerateConsoleCtrlEvent(0x80000001, PID)).isZero();
    assertThat(calls.GenerateConsoleCtrlEvent(PID, 0x80000001)).isEqualTo(INVALID_PARAMETER);
  }

  /** From the public table down to the library. */
  @ParameterizedTest
  @MethodSource("providers")
  void theWholeWay(Provider provider) {
    var sources =
        WindowsAccess.of(new BindingSelection<>(provider.name(), provider.calls(), Map.of()));
    assertThat(
            Platforms.reading(sources, () -> TcpTable.snapshot(TcpQuery.all().localPort(30_017)))
                .stream())
        .extracting(TcpSocket::toString)
        .containsExactlyInAnyOrder(
            "LISTEN 127.0.0.1:30017 0.0.0.0:0 [peer.exe(224)]",
            "CLOSE_WAIT 127.0.0.1:30017 127.0.0.1:51932 [peer.exe(224)]",
            "LISTEN [::1]:30017 [::]:0 []");
    assertThat(
            Platforms.reading(sources, () -> TcpTable.snapshot(TcpQuery.all().localPort(30_017)))
                .owners())
        .singleElement()
        .extracting(owner -> owner.placement().orElseThrow().service())
        .isEqualTo(Optional.of("Pe\u00e9rSvc"));
  }

  /** The stand-in lets one connection be dropped, which is the one it shows. */
  @ParameterizedTest
  @MethodSource("providers")
  void droppingByTheTable(Provider provider) {
    SystemAccess sources =
        WindowsAccess.of(new BindingSelection<>(provider.name(), provider.calls(), Map.of()));
    for (TcpSocket socket : Platforms.reading(sources, () -> TcpTable.snapshot(TcpQuery.all()))) {
      if (socket.state() == TcpState.CLOSE_WAIT) {
        assertThat(socket.drop()).isTrue();
      } else {
        assertThatThrownBy(socket::drop)
            .isInstanceOf(UnsupportedOperationException.class)
            .hasMessageContaining("only a connection can be dropped: LISTEN");
      }
    }
  }
}
