// SPDX-License-Identifier: Apache-2.0
package io.tcptable.windows;

import io.tcptable.internal.binding.WindowsCalls;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The calls by {@code tcptable-bridge.exe}, which makes them for real; see {@code bridge.c}. */
final class BridgeWindowsCalls implements WindowsCalls, AutoCloseable {

  private static final int NUMBER = -1;
  private static final int SECONDS_TO_END = 60;

  private final Process bridge = Wine.start("tcptable-bridge.exe");
  private final OutputStream requests = bridge.getOutputStream();
  private final InputStream answers = new BufferedInputStream(bridge.getInputStream());
  private final JoinedPids pids = new JoinedPids();

  BridgeWindowsCalls() {
    join(ProcessHandle.current().pid(), number());
  }

  /**
   * Lets Windows know a Unix process by its Unix PID, as if there were one kernel: this JVM, for
   * which the bridge stands, and what it starts.
   */
  void join(long unixPid, long windowsPid) {
    pids.join((int) unixPid, (int) windowsPid);
  }

  @Override
  public int GetExtendedTcpTable(
      ByteBuffer table, ByteBuffer size, int order, int family, int tableClass) {
    int result = (int) call("GetExtendedTcpTable", table, size, order, family, tableClass);
    if (result == 0) {
      WineTable filled = new WineTable(table, family, tableClass);
      filled.leaveOutRepeated();
      pids.into(filled, table);
    }
    return result;
  }

  @Override
  public int SetTcpEntry(ByteBuffer row) {
    return (int) call("SetTcpEntry", row);
  }

  @Override
  public int GetOwnerModuleFromTcpEntry(
      ByteBuffer row, int infoClass, ByteBuffer module, ByteBuffer size) {
    return (int) call("GetOwnerModuleFromTcpEntry", row, infoClass, module, size);
  }

  @Override
  public int GetOwnerModuleFromTcp6Entry(
      ByteBuffer row, int infoClass, ByteBuffer module, ByteBuffer size) {
    return (int) call("GetOwnerModuleFromTcp6Entry", row, infoClass, module, size);
  }

  @Override
  public int NtQuerySystemInformation(int systemClass, ByteBuffer system, ByteBuffer length) {
    int status = (int) call("NtQuerySystemInformation", systemClass, system, length);
    if (status >= 0) {
      pids.intoProcesses(system);
    }
    return status;
  }

  @Override
  public long OpenProcess(int access, int process) {
    return call("OpenProcess", access, pids.toWindows(process));
  }

  @Override
  public int GetProcessTimes(
      long process, ByteBuffer creation, ByteBuffer exit, ByteBuffer kernel, ByteBuffer user) {
    return (int) call("GetProcessTimes", process, creation, exit, kernel, user);
  }

  @Override
  public int QueryFullProcessImageNameW(long process, int flags, ByteBuffer name, ByteBuffer size) {
    return (int) call("QueryFullProcessImageNameW", process, flags, name, size);
  }

  @Override
  public int NtQueryInformationProcess(long process, int processClass, ByteBuffer information) {
    return (int) call("NtQueryInformationProcess", process, processClass, information);
  }

  @Override
  public int ReadProcessMemory(long process, long address, ByteBuffer bytes) {
    return (int) call("ReadProcessMemory", process, address, bytes);
  }

  @Override
  public long CreateFileW(
      ByteBuffer name, int access, int share, ByteBuffer security, int disposition, int flags) {
    return call("CreateFileW", name, access, share, security, disposition, flags);
  }

  @Override
  public int CreateProcessW(
      ByteBuffer commandLine,
      int flags,
      ByteBuffer environment,
      ByteBuffer directory,
      ByteBuffer handles,
      ByteBuffer information) {
    return (int)
        call("CreateProcessW", commandLine, flags, environment, directory, handles, information);
  }

  @Override
  public int GetExitCodeProcess(long process, ByteBuffer code) {
    return (int) call("GetExitCodeProcess", process, code);
  }

  @Override
  public int TerminateProcess(long process, int exitCode) {
    return (int) call("TerminateProcess", process, exitCode);
  }

  @Override
  public int WaitForSingleObject(long handle, int millis) {
    return (int) call("WaitForSingleObject", handle, millis);
  }

  @Override
  public int OpenProcessToken(long process, int access, ByteBuffer token) {
    return (int) call("OpenProcessToken", process, access, token);
  }

  @Override
  public int GetTokenInformation(
      long token, int infoClass, ByteBuffer information, ByteBuffer length) {
    return (int) call("GetTokenInformation", token, infoClass, information, length);
  }

  @Override
  public int LookupAccountSidW(
      ByteBuffer sid,
      ByteBuffer name,
      ByteBuffer nameLength,
      ByteBuffer domain,
      ByteBuffer domainLength,
      ByteBuffer use) {
    return (int) call("LookupAccountSidW", sid, name, nameLength, domain, domainLength, use);
  }

  @Override
  public int CloseHandle(long handle) {
    return (int) call("CloseHandle", handle);
  }

  @Override
  public long FindWindowExW(long parent, long after) {
    return call("FindWindowExW", parent, after);
  }

  @Override
  public int GetWindowThreadProcessId(long window, ByteBuffer process) {
    return (int) call("GetWindowThreadProcessId", window, process);
  }

  @Override
  public int IsWindowVisible(long window) {
    return (int) call("IsWindowVisible", window);
  }

  @Override
  public long GetWindow(long window, int relation) {
    return call("GetWindow", window, relation);
  }

  @Override
  public int GetClassNameW(long window, ByteBuffer name) {
    return (int) call("GetClassNameW", window, name, name.limit() / Character.BYTES);
  }

  @Override
  public int PostMessageW(long window, int message, long first, long second) {
    return (int) call("PostMessageW", window, message, first, second);
  }

  @Override
  public int FreeConsole() {
    return (int) call("FreeConsole");
  }

  @Override
  public int AttachConsole(int process) {
    return (int) call("AttachConsole", pids.toWindows(process));
  }

  @Override
  public int GetConsoleProcessList(ByteBuffer processes) {
    return (int) call("GetConsoleProcessList", processes, processes.limit() / Integer.BYTES);
  }

  @Override
  public int SetConsoleCtrlHandler(int add) {
    return (int) call("SetConsoleCtrlHandler", add);
  }

  @Override
  public int GenerateConsoleCtrlEvent(int event, int group) {
    return (int) call("GenerateConsoleCtrlEvent", event, group);
  }

  /** Buffers go there and come back whole, up to their limits. */
  synchronized long call(String name, Object... arguments) {
    try {
      requests.write(request(name, arguments));
      requests.flush();
      long result = number();
      for (Object argument : arguments) {
        if (argument instanceof ByteBuffer buffer) {
          buffer.put(0, bytes(buffer.limit()));
        }
      }
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] request(String name, Object... arguments) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
    request.write(ascii.length);
    request.writeBytes(ascii);
    request.write(arguments.length);
    for (Object argument : arguments) {
      if (argument instanceof ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.limit()];
        buffer.get(0, bytes);
        request.writeBytes(little(Integer.BYTES).putInt(bytes.length).array());
        request.writeBytes(bytes);
      } else {
        request.writeBytes(little(Integer.BYTES).putInt(NUMBER).array());
        request.writeBytes(little(Long.BYTES).putLong(((Number) argument).longValue()).array());
      }
    }
    return request.toByteArray();
  }

  private long number() {
    try {
      return ByteBuffer.wrap(bytes(Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] bytes(int count) throws IOException {
    byte[] bytes = answers.readNBytes(count);
    if (bytes.length < count) {
      throw new IOException("the bridge has ended");
    }
    return bytes;
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {
    try {
      requests.close();
      if (!bridge.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        bridge.destroyForcibly();
      }
    } catch (IOException e) {
      bridge.destroyForcibly();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
