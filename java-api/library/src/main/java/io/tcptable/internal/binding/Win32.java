// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Functions of several libraries of Windows, for a mapper such as JNA or jnr-ffi, which loads a
 * library as this interface: each is called through the library that has it. The mapper passes the
 * address of a direct buffer, and saves the last error right after each call.
 */
public interface Win32 {

  int GetExtendedTcpTable(
      ByteBuffer table, ByteBuffer size, int order, int family, int tableClass, int reserved);

  int SetTcpEntry(ByteBuffer row);

  int GetOwnerModuleFromTcpEntry(ByteBuffer row, int infoClass, ByteBuffer module, ByteBuffer size);

  int GetOwnerModuleFromTcp6Entry(
      ByteBuffer row, int infoClass, ByteBuffer module, ByteBuffer size);

  int NtQuerySystemInformation(int systemClass, ByteBuffer system, int room, ByteBuffer length);

  long OpenProcess(int access, int inherit, int pid);

  int GetProcessTimes(
      long process, ByteBuffer creation, ByteBuffer exit, ByteBuffer kernel, ByteBuffer user);

  int QueryFullProcessImageNameW(long process, int flags, ByteBuffer name, ByteBuffer size);

  int NtQueryInformationProcess(
      long process,
      int processClass,
      ByteBuffer information,
      int length,
      @Nullable ByteBuffer returned);

  int ReadProcessMemory(
      long process, long address, ByteBuffer bytes, long length, @Nullable ByteBuffer read);

  long CreateFileW(
      ByteBuffer name,
      int access,
      int share,
      ByteBuffer security,
      int disposition,
      int flags,
      long template);

  int InitializeProcThreadAttributeList(
      @Nullable ByteBuffer list, int count, int flags, ByteBuffer size);

  int UpdateProcThreadAttribute(
      ByteBuffer list,
      int flags,
      long attribute,
      ByteBuffer value,
      long size,
      @Nullable ByteBuffer previous,
      @Nullable ByteBuffer returned);

  void DeleteProcThreadAttributeList(ByteBuffer list);

  int CreateProcessW(
      @Nullable ByteBuffer application,
      ByteBuffer commandLine,
      @Nullable ByteBuffer processSecurity,
      @Nullable ByteBuffer threadSecurity,
      int inherit,
      int flags,
      ByteBuffer environment,
      ByteBuffer directory,
      ByteBuffer startup,
      ByteBuffer information);

  int GetExitCodeProcess(long process, ByteBuffer code);

  int TerminateProcess(long process, int exitCode);

  int WaitForSingleObject(long handle, int millis);

  int OpenProcessToken(long process, int access, ByteBuffer token);

  int GetTokenInformation(
      long token, int infoClass, ByteBuffer information, int room, ByteBuffer length);

  int LookupAccountSidW(
      @Nullable ByteBuffer system,
      ByteBuffer sid,
      ByteBuffer name,
      ByteBuffer nameLength,
      ByteBuffer domain,
      ByteBuffer domainLength,
      ByteBuffer use);

  int CloseHandle(long handle);

  long FindWindowExW(
      long parent, long after, @Nullable ByteBuffer windowClass, @Nullable ByteBuffer title);

  int GetWindowThreadProcessId(long window, ByteBuffer pid);

  int IsWindowVisible(long window);

  long GetWindow(long window, int relation);

  int GetClassNameW(long window, ByteBuffer name, int room);

  int PostMessageW(long window, int message, long first, long second);

  int FreeConsole();

  int AttachConsole(int pid);

  int GetConsoleProcessList(ByteBuffer pids, int room);

  int SetConsoleCtrlHandler(@Nullable ByteBuffer handler, int add);

  int GenerateConsoleCtrlEvent(int event, int group);
}
