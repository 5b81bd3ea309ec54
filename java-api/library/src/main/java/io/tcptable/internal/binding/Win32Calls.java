// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.function.Function;

/** The calls of Windows through a library that maps {@link Win32}. */
public abstract class Win32Calls implements WindowsCalls {

  private static final int RESERVED = 0;
  private static final int NOT_INHERITED = 0;
  private static final int INHERITED = 1;
  private static final long INVALID_HANDLE_VALUE = -1;
  private static final int WAIT_FAILED = -1;
  private static final int PROC_NOT_FOUND = -127;

  private final Win32 iphlpapi;
  private final Win32 kernel32;
  private final Win32 ntdll;
  private final Win32 user32;
  private final Win32 advapi32;

  /**
   * Loads the libraries, so that all of them are there or none.
   *
   * @param load maps a library by its name
   */
  protected Win32Calls(WindowsLibraries libraries, Function<String, ? extends Win32> load) {
    iphlpapi = load.apply(libraries.iphlpapi());
    kernel32 = load.apply(libraries.kernel32());
    ntdll = load.apply(libraries.ntdll());
    user32 = load.apply(libraries.user32());
    advapi32 = load.apply(libraries.advapi32());
  }

  @Override
  public int GetExtendedTcpTable(
      ByteBuffer table, ByteBuffer size, int order, int family, int tableClass) {
    return -iphlpapi.GetExtendedTcpTable(table, size, order, family, tableClass, RESERVED);
  }

  @Override
  public int SetTcpEntry(ByteBuffer row) {
    return -iphlpapi.SetTcpEntry(row);
  }

  @Override
  public int GetOwnerModuleFromTcpEntry(
      ByteBuffer row, int infoClass, ByteBuffer module, ByteBuffer size) {
    try {
      return -iphlpapi.GetOwnerModuleFromTcpEntry(row, infoClass, module, size);
    } catch (UnsatisfiedLinkError e) {
      return PROC_NOT_FOUND;
    }
  }

  @Override
  public int GetOwnerModuleFromTcp6Entry(
      ByteBuffer row, int infoClass, ByteBuffer module, ByteBuffer size) {
    try {
      return -iphlpapi.GetOwnerModuleFromTcp6Entry(row, infoClass, module, size);
    } catch (UnsatisfiedLinkError e) {
      return PROC_NOT_FOUND;
    }
  }

  @Override
  public int NtQuerySystemInformation(int systemClass, ByteBuffer system, ByteBuffer length) {
    return ntdll.NtQuerySystemInformation(systemClass, system, system.limit(), length);
  }

  @Override
  public long OpenProcess(int access, int pid) {
    long handle = kernel32.OpenProcess(access, NOT_INHERITED, pid);
    return handle == 0 ? lastError() : handle;
  }

  @Override
  public int GetProcessTimes(
      long process, ByteBuffer creation, ByteBuffer exit, ByteBuffer kernel, ByteBuffer user) {
    return done(kernel32.GetProcessTimes(process, creation, exit, kernel, user));
  }

  @Override
  public int QueryFullProcessImageNameW(long process, int flags, ByteBuffer name, ByteBuffer size) {
    return done(kernel32.QueryFullProcessImageNameW(process, flags, name, size));
  }

  @Override
  public int NtQueryInformationProcess(long process, int processClass, ByteBuffer information) {
    return ntdll.NtQueryInformationProcess(
        process, processClass, information, information.limit(), null);
  }

  @Override
  public int ReadProcessMemory(long process, long address, ByteBuffer bytes) {
    return done(kernel32.ReadProcessMemory(process, address, bytes, bytes.limit(), null));
  }

  @Override
  public long CreateFileW(
      ByteBuffer name, int access, int share, ByteBuffer security, int disposition, int flags) {
    long handle = kernel32.CreateFileW(name, access, share, security, disposition, flags, 0);
    return handle == INVALID_HANDLE_VALUE ? lastError() : handle;
  }

  @Override
  public int CreateProcessW(
      ByteBuffer commandLine,
      int flags,
      ByteBuffer environment,
      ByteBuffer directory,
      ByteBuffer handles,
      ByteBuffer information) {
    ByteBuffer size = CallBuffer.allocate(Long.BYTES);
    // Without a list it fails, and tells the size.
    kernel32.InitializeProcThreadAttributeList(null, 1, 0, size);
    ByteBuffer list = CallBuffer.allocate((int) size.getLong(0));
    if (kernel32.InitializeProcThreadAttributeList(list, 1, 0, size) == 0) {
      return lastError();
    }
    try {
      return kernel32.UpdateProcThreadAttribute(
                  list, 0, ProcessStartup.HANDLE_LIST, handles, handles.limit(), null, null)
              == 0
          ? lastError()
          : done(
              kernel32.CreateProcessW(
                  null,
                  commandLine,
                  null,
                  null,
                  INHERITED,
                  flags | ProcessStartup.IS_EXTENDED,
                  environment,
                  directory,
                  ProcessStartup.of(address(list), handles),
                  information));
    } finally {
      kernel32.DeleteProcThreadAttributeList(list);
      // The list has its address.
      Reference.reachabilityFence(handles);
    }
  }

  @Override
  public int GetExitCodeProcess(long process, ByteBuffer code) {
    return done(kernel32.GetExitCodeProcess(process, code));
  }

  @Override
  public int TerminateProcess(long process, int exitCode) {
    return done(kernel32.TerminateProcess(process, exitCode));
  }

  @Override
  public int WaitForSingleObject(long handle, int millis) {
    int result = kernel32.WaitForSingleObject(handle, millis);
    return result == WAIT_FAILED ? lastError() : result;
  }

  @Override
  public int OpenProcessToken(long process, int access, ByteBuffer token) {
    return done(advapi32.OpenProcessToken(process, access, token));
  }

  @Override
  public int GetTokenInformation(
      long token, int infoClass, ByteBuffer information, ByteBuffer length) {
    return done(
        advapi32.GetTokenInformation(token, infoClass, information, information.limit(), length));
  }

  @Override
  public int LookupAccountSidW(
      ByteBuffer sid,
      ByteBuffer name,
      ByteBuffer nameLength,
      ByteBuffer domain,
      ByteBuffer domainLength,
      ByteBuffer use) {
    return done(advapi32.LookupAccountSidW(null, sid, name, nameLength, domain, domainLength, use));
  }

  @Override
  public int CloseHandle(long handle) {
    return done(kernel32.CloseHandle(handle));
  }

  @Override
  public long FindWindowExW(long parent, long after) {
    return user32.FindWindowExW(parent, after, null, null);
  }

  @Override
  public int GetWindowThreadProcessId(long window, ByteBuffer pid) {
    return user32.GetWindowThreadProcessId(window, pid) == 0 ? lastError() : 0;
  }

  @Override
  public int IsWindowVisible(long window) {
    return user32.IsWindowVisible(window);
  }

  @Override
  public long GetWindow(long window, int relation) {
    return user32.GetWindow(window, relation);
  }

  @Override
  public int GetClassNameW(long window, ByteBuffer name) {
    int length = user32.GetClassNameW(window, name, name.limit() / Character.BYTES);
    return length == 0 ? lastError() : length;
  }

  @Override
  public int PostMessageW(long window, int message, long first, long second) {
    return done(user32.PostMessageW(window, message, first, second));
  }

  @Override
  public int FreeConsole() {
    return done(kernel32.FreeConsole());
  }

  @Override
  public int AttachConsole(int pid) {
    return done(kernel32.AttachConsole(pid));
  }

  @Override
  public int GetConsoleProcessList(ByteBuffer pids) {
    int count = kernel32.GetConsoleProcessList(pids, pids.limit() / Integer.BYTES);
    return count == 0 ? lastError() : count;
  }

  @Override
  public int SetConsoleCtrlHandler(int add) {
    return done(kernel32.SetConsoleCtrlHandler(null, add));
  }

  @Override
  public int GenerateConsoleCtrlEvent(int event, int group) {
    return done(kernel32.GenerateConsoleCtrlEvent(event, group));
  }

  private int done(int success) {
    return success == 0 ? lastError() : 0;
  }

  /** Where a direct buffer begins. */
  protected abstract long address(ByteBuffer buffer);

  /** The negated error of this thread's last call. */
  protected abstract int lastError();
}
