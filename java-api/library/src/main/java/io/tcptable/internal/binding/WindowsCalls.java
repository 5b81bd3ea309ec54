// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding;

import java.nio.ByteBuffer;

/**
 * The calls of Windows that tcptable makes, by their names in the Win32 API.
 *
 * <p>Every buffer is direct, in native byte order and at position 0; the caller owns it and a call
 * may read or write it from index 0 up to its limit, never beyond, and keeps no reference. Text is
 * UTF-16. A result below zero is the negated Win32 error of this very call, where no other is
 * named. A provider neither retries nor interprets.
 *
 * <p>Safe for use by many threads at once, as long as they do not share buffers.
 */
public interface WindowsCalls {

  /**
   * Reads the TCP sockets of one family: {@code iphlpapi.dll}. The first four bytes of {@code size}
   * hold the room in the table before, what it takes after the call.
   */
  int GetExtendedTcpTable(ByteBuffer table, ByteBuffer size, int order, int family, int tableClass);

  /** Changes the state of an IPv4 connection, {@code MIB_TCPROW}: {@code iphlpapi.dll}. */
  int SetTcpEntry(ByteBuffer row);

  /**
   * Which module opened an IPv4 socket, {@code MIB_TCPROW_OWNER_MODULE}: {@code iphlpapi.dll}. The
   * first four bytes of {@code size} hold the room in the module before, what it takes after the
   * call. {@code ERROR_PROC_NOT_FOUND} where there is no such function, as in Wine.
   */
  int GetOwnerModuleFromTcpEntry(ByteBuffer row, int infoClass, ByteBuffer module, ByteBuffer size);

  /** The same of an IPv6 socket, {@code MIB_TCP6ROW_OWNER_MODULE}. */
  int GetOwnerModuleFromTcp6Entry(
      ByteBuffer row, int infoClass, ByteBuffer module, ByteBuffer size);

  /**
   * Lists the processes, among other things: {@code ntdll.dll}. The first four bytes of {@code
   * length} hold what it takes after the call. A result below zero is an {@code NTSTATUS}.
   */
  int NtQuerySystemInformation(int systemClass, ByteBuffer system, ByteBuffer length);

  /** A handle of a process: {@code kernel32.dll}. */
  long OpenProcess(int access, int pid);

  /** When it started, ended, and how long it ran; a {@code FILETIME} each: {@code kernel32.dll}. */
  int GetProcessTimes(
      long process, ByteBuffer creation, ByteBuffer exit, ByteBuffer kernel, ByteBuffer user);

  /**
   * The file of its program: {@code kernel32.dll}. The first four bytes of {@code size} hold the
   * room for characters before, their number after the call.
   */
  int QueryFullProcessImageNameW(long process, int flags, ByteBuffer name, ByteBuffer size);

  /** Where its parameters are: {@code ntdll.dll}. A result below zero is an {@code NTSTATUS}. */
  int NtQueryInformationProcess(long process, int processClass, ByteBuffer information);

  /** Reads as many bytes of its memory as the buffer takes: {@code kernel32.dll}. */
  int ReadProcessMemory(long process, long address, ByteBuffer bytes);

  /**
   * Opens a file or a device, whose name ends with a zero: {@code kernel32.dll}. The result is a
   * handle.
   *
   * @param security {@code SECURITY_ATTRIBUTES}
   */
  long CreateFileW(
      ByteBuffer name, int access, int share, ByteBuffer security, int disposition, int flags);

  /**
   * Starts a program: {@code kernel32.dll}, with {@code STARTUPINFOEXW}. All text ends with a zero,
   * the environment with two.
   *
   * @param commandLine the program and its arguments; the call may change it
   * @param handles three different ones of eight bytes each that can be inherited: standard input,
   *     output and error. The process inherits these and no others ({@code
   *     PROC_THREAD_ATTRIBUTE_HANDLE_LIST})
   * @param information takes {@code PROCESS_INFORMATION}, with two handles to be closed
   */
  int CreateProcessW(
      ByteBuffer commandLine,
      int flags,
      ByteBuffer environment,
      ByteBuffer directory,
      ByteBuffer handles,
      ByteBuffer information);

  /** Writes its exit code into the first four bytes of {@code code}: {@code kernel32.dll}. */
  int GetExitCodeProcess(long process, ByteBuffer code);

  /** Ends it: {@code kernel32.dll}. */
  int TerminateProcess(long process, int exitCode);

  /**
   * Waits, as for the end of a process: {@code kernel32.dll}. The result is {@code WAIT_OBJECT_0}
   * (0) or {@code WAIT_TIMEOUT} (258).
   */
  int WaitForSingleObject(long handle, int millis);

  /**
   * A handle of the token that says under whom a process runs, into the first eight bytes of {@code
   * token}: {@code advapi32.dll}.
   */
  int OpenProcessToken(long process, int access, ByteBuffer token);

  /**
   * Reads a part of a token: {@code advapi32.dll}. The first four bytes of {@code length} hold what
   * it takes after the call.
   */
  int GetTokenInformation(long token, int infoClass, ByteBuffer information, ByteBuffer length);

  /**
   * The account that a {@code SID} is of, on this computer: {@code advapi32.dll}. The first four
   * bytes of each length hold the room for characters before, their number after the call.
   */
  int LookupAccountSidW(
      ByteBuffer sid,
      ByteBuffer name,
      ByteBuffer nameLength,
      ByteBuffer domain,
      ByteBuffer domainLength,
      ByteBuffer use);

  /** Gives a handle back: {@code kernel32.dll}. */
  int CloseHandle(long handle);

  /** The next window below another, of any class and title, or 0: {@code user32.dll}. */
  long FindWindowExW(long parent, long after);

  /** Writes whose window it is into the first four bytes of {@code pid}: {@code user32.dll}. */
  int GetWindowThreadProcessId(long window, ByteBuffer pid);

  /** Not 0 if a window is visible: {@code user32.dll}. */
  int IsWindowVisible(long window);

  /** The window that stands in a relation to another, or 0: {@code user32.dll}. */
  long GetWindow(long window, int relation);

  /** The name of its class; the result is the number of characters: {@code user32.dll}. */
  int GetClassNameW(long window, ByteBuffer name);

  /** Sends a window a message, without waiting for what comes of it: {@code user32.dll}. */
  int PostMessageW(long window, int message, long first, long second);

  /** Leaves the console of this process: {@code kernel32.dll}. */
  int FreeConsole();

  /** Enters the console of a process; this one must have none: {@code kernel32.dll}. */
  int AttachConsole(int pid);

  /**
   * The PIDs of all on the console of this process, four bytes each: {@code kernel32.dll}. The
   * result is their number; if that is more than there is room for, none is written.
   */
  int GetConsoleProcessList(ByteBuffer pids);

  /**
   * With no handler: whether this process, and those that it starts, ignore Ctrl-C: {@code
   * kernel32.dll}.
   *
   * @param add 1 to ignore it
   */
  int SetConsoleCtrlHandler(int add);

  /** Sends Ctrl-C (0) to a group of the console, or to all on it (0): {@code kernel32.dll}. */
  int GenerateConsoleCtrlEvent(int event, int group);
}
