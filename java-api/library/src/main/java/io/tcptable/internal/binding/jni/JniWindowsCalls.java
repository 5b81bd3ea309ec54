// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding.jni;

import io.tcptable.internal.binding.NativeLibrary;
import io.tcptable.internal.binding.NativePlatform;
import io.tcptable.internal.binding.WindowsCalls;
import java.nio.ByteBuffer;

/**
 * The calls of Windows through our own JNI library, which binds the native methods as it loads:
 * {@code native/src/main/c/windows/jni_windows_calls.c}.
 */
public final class JniWindowsCalls implements WindowsCalls {

  /** Loads the library, once a JVM. */
  public JniWindowsCalls() {
    this(NativePlatform.WINDOWS);
  }

  /** Loads the library of another system, which has these calls in a test. */
  public JniWindowsCalls(NativePlatform platform) {
    NativeLibrary.load(platform);
  }

  @Override
  public native int GetExtendedTcpTable(
      ByteBuffer table, ByteBuffer size, int order, int family, int tableClass);

  @Override
  public native int SetTcpEntry(ByteBuffer row);

  @Override
  public native int GetOwnerModuleFromTcpEntry(
      ByteBuffer row, int infoClass, ByteBuffer module, ByteBuffer size);

  @Override
  public native int GetOwnerModuleFromTcp6Entry(
      ByteBuffer row, int infoClass, ByteBuffer module, ByteBuffer size);

  @Override
  public int NtQuerySystemInformation(int systemClass, ByteBuffer system, ByteBuffer length) {
    return NtQuerySystemInformation(systemClass, system, system.limit(), length);
  }

  private native int NtQuerySystemInformation(
      int systemClass, ByteBuffer system, int room, ByteBuffer length);

  @Override
  public native long OpenProcess(int access, int pid);

  @Override
  public native int GetProcessTimes(
      long process, ByteBuffer creation, ByteBuffer exit, ByteBuffer kernel, ByteBuffer user);

  @Override
  public native int QueryFullProcessImageNameW(
      long process, int flags, ByteBuffer name, ByteBuffer size);

  @Override
  public int NtQueryInformationProcess(long process, int processClass, ByteBuffer information) {
    return NtQueryInformationProcess(process, processClass, information, information.limit());
  }

  private native int NtQueryInformationProcess(
      long process, int processClass, ByteBuffer information, int length);

  @Override
  public int ReadProcessMemory(long process, long address, ByteBuffer bytes) {
    return ReadProcessMemory(process, address, bytes, bytes.limit());
  }

  private native int ReadProcessMemory(long process, long address, ByteBuffer bytes, int length);

  @Override
  public native long CreateFileW(
      ByteBuffer name, int access, int share, ByteBuffer security, int disposition, int flags);

  @Override
  public native int CreateProcessW(
      ByteBuffer commandLine,
      int flags,
      ByteBuffer environment,
      ByteBuffer directory,
      ByteBuffer handles,
      ByteBuffer information);

  @Override
  public native int GetExitCodeProcess(long process, ByteBuffer code);

  @Override
  public native int TerminateProcess(long process, int exitCode);

  @Override
  public native int WaitForSingleObject(long handle, int millis);

  @Override
  public native int OpenProcessToken(long process, int access, ByteBuffer token);

  @Override
  public int GetTokenInformation(
      long token, int infoClass, ByteBuffer information, ByteBuffer length) {
    return GetTokenInformation(token, infoClass, information, information.limit(), length);
  }

  private native int GetTokenInformation(
      long token, int infoClass, ByteBuffer information, int room, ByteBuffer length);

  @Override
  public native int LookupAccountSidW(
      ByteBuffer sid,
      ByteBuffer name,
      ByteBuffer nameLength,
      ByteBuffer domain,
      ByteBuffer domainLength,
      ByteBuffer use);

  @Override
  public native int CloseHandle(long handle);

  @Override
  public native long FindWindowExW(long parent, long after);

  @Override
  public native int GetWindowThreadProcessId(long window, ByteBuffer pid);

  @Override
  public native int IsWindowVisible(long window);

  @Override
  public native long GetWindow(long window, int relation);

  @Override
  public int GetClassNameW(long window, ByteBuffer name) {
    return getClassName(window, name, name.limit() / Character.BYTES);
  }

  private native int getClassName(long window, ByteBuffer name, int room);

  @Override
  public native int PostMessageW(long window, int message, long first, long second);

  @Override
  public native int FreeConsole();

  @Override
  public native int AttachConsole(int pid);

  @Override
  public int GetConsoleProcessList(ByteBuffer pids) {
    return getConsoleProcessList(pids, pids.limit() / Integer.BYTES);
  }

  private native int getConsoleProcessList(ByteBuffer pids, int room);

  @Override
  public native int SetConsoleCtrlHandler(int add);

  @Override
  public native int GenerateConsoleCtrlEvent(int event, int group);
}
