package io.tcptable.internal.windows;

import io.tcptable.internal.binding.WindowsCalls;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A Windows of a few tables and processes, which answers as the real one does. */
public class FakeWindows implements WindowsCalls {

  private static final int STATUS_INFO_LENGTH_MISMATCH = 0xC0000004;
  private static final int STATUS_ACCESS_DENIED = 0xC0000022;
  private static final int INVALID_WINDOW_HANDLE = 1400;
  private static final int WAIT_TIMEOUT = 258;
  private static final int NONE_MAPPED = 1332;
  private static final int AF_INET = 2;
  private static final int LISTEN = 2;

  private record Running(int pid, int parent, long start, String name, int threads) {

    int size() {
      return end() + ((2 * name.length() + 2 + 7) & -8);
    }

    /** Where the name begins, behind the threads. */
    int end() {
      return ProcessListCodec.PROCESS_SIZE + threads * ProcessListCodec.THREAD_SIZE;
    }
  }

  private TcpTableBytes v4 = new TcpTableBytes(TcpRowLayout.V4_OWNER_PID, 0);
  private TcpTableBytes v6 = new TcpTableBytes(TcpRowLayout.V6_OWNER_PID, 0);
  private final List<Running> processes = new ArrayList<>();
  private final Set<Long> open = new HashSet<>();

  /** The classes of tables that were asked for. */
  final List<Integer> tableClasses = new ArrayList<>();

  /** Something listens on this port of the loopback address. */
  public FakeWindows listener(int port, int pid) {
    return socket(LISTEN, port, pid);
  }

  /** A socket in a state of this number. */
  public FakeWindows socket(int state, int port, int pid) {
    return connection(state, port, 0, pid);
  }

  /** The same with a far end, on the loopback address as this one. */
  public FakeWindows connection(int state, int port, int remotePort, int pid) {
    return table(new TcpTableBytes(TcpRowLayout.V4_OWNER_PID, 1).row(state, port, remotePort, pid));
  }

  FakeWindows table(TcpTableBytes ipv4) {
    v4 = ipv4;
    return this;
  }

  FakeWindows tableV6(TcpTableBytes ipv6) {
    v6 = ipv6;
    return this;
  }

  public FakeWindows process(int pid, int parent, long start, String name) {
    processes.add(new Running(pid, parent, start, name, 2));
    return this;
  }

  /** A process that has ended, but of which somebody has a handle. */
  FakeWindows ended(int pid, long start, String name) {
    processes.add(new Running(pid, 0, start, name, 0));
    return this;
  }

  /** How many handles were not given back. */
  int openHandles() {
    return open.size();
  }

  @Override
  public int GetExtendedTcpTable(
      ByteBuffer table, ByteBuffer size, int order, int family, int tableClass) {
    tableClasses.add(tableClass);
    ByteBuffer from =
        family == AF_INET
            ? v4.in(tableClass >= 6 ? TcpRowLayout.V4_OWNER_MODULE : TcpRowLayout.V4_OWNER_PID)
            : v6.in(tableClass >= 6 ? TcpRowLayout.V6_OWNER_MODULE : TcpRowLayout.V6_OWNER_PID);
    int room = size.getInt(0);
    size.putInt(0, from.limit());
    if (room < from.limit()) {
      return -Win32Error.INSUFFICIENT_BUFFER;
    }
    table.put(0, from, 0, from.limit());
    return 0;
  }

  @Override
  public int NtQuerySystemInformation(int systemClass, ByteBuffer system, ByteBuffer length) {
    int size = processes.stream().mapToInt(Running::size).sum();
    length.putInt(0, size);
    if (system.limit() < size) {
      return STATUS_INFO_LENGTH_MISMATCH;
    }
    int at = 0;
    for (int i = 0; i < processes.size(); i++) {
      Running process = processes.get(i);
      byte[] name = process.name().getBytes(StandardCharsets.UTF_16LE);
      system.putInt(at + ProcessListCodec.NEXT, i + 1 < processes.size() ? process.size() : 0);
      system.putInt(at + ProcessListCodec.THREAD_COUNT, process.threads());
      system.putLong(at + ProcessListCodec.CREATE_TIME, process.start());
      system.putShort(at + ProcessListCodec.NAME_LENGTH, (short) name.length);
      system.putLong(at + ProcessListCodec.PID, process.pid());
      system.putLong(at + ProcessListCodec.PARENT, process.parent());
      system.put(at + process.end(), name);
      at += process.size();
    }
    return 0;
  }

  @Override
  public long OpenProcess(int access, int pid) {
    if (processes.stream().noneMatch(process -> process.pid() == pid)) {
      return -Win32Error.INVALID_PARAMETER;
    }
    open.add((long) pid);
    return pid;
  }

  @Override
  public int GetProcessTimes(
      long process, ByteBuffer creation, ByteBuffer exit, ByteBuffer kernel, ByteBuffer user) {
    processes.stream().filter(p -> p.pid() == process).forEach(p -> creation.putLong(0, p.start()));
    return 0;
  }

  @Override
  public int WaitForSingleObject(long handle, int millis) {
    return processes.stream().anyMatch(p -> p.pid() == handle && p.threads() > 0)
        ? WAIT_TIMEOUT
        : 0;
  }

  @Override
  public int TerminateProcess(long process, int exitCode) {
    processes.removeIf(p -> p.pid() == process);
    return 0;
  }

  @Override
  public int OpenProcessToken(long process, int access, ByteBuffer token) {
    token.putLong(0, -process);
    open.add(-process);
    return 0;
  }

  /** Each process runs under the account {@code S-1-5-21-} and its PID. */
  @Override
  public int GetTokenInformation(
      long token, int infoClass, ByteBuffer information, ByteBuffer length) {
    information.put(16, new byte[] {1, 2, 0, 0, 0, 0, 0, 5});
    information.putInt(24, 21).putInt(28, (int) -token);
    length.putInt(0, 32);
    return 0;
  }

  /** That of PID 400 alone has a name. */
  @Override
  public int LookupAccountSidW(
      ByteBuffer sid,
      ByteBuffer name,
      ByteBuffer nameLength,
      ByteBuffer domain,
      ByteBuffer domainLength,
      ByteBuffer use) {
    if (sid.limit() != 16 || sid.getInt(12) != 400) {
      return -NONE_MAPPED;
    }
    name.put(0, "J\u00f6rg".getBytes(StandardCharsets.UTF_16LE));
    nameLength.putInt(0, 4);
    domain.put(0, "PC".getBytes(StandardCharsets.UTF_16LE));
    domainLength.putInt(0, 2);
    return 0;
  }

  @Override
  public int CloseHandle(long handle) {
    return open.remove(handle) ? 0 : -Win32Error.INVALID_HANDLE;
  }

  @Override
  public int SetTcpEntry(ByteBuffer row) {
    return -Win32Error.NOT_SUPPORTED;
  }

  /** The service with the number 7 is called Seven; of others one may not know. */
  @Override
  public int GetOwnerModuleFromTcpEntry(
      ByteBuffer row, int infoClass, ByteBuffer module, ByteBuffer size) {
    byte[] texts = "Seven\0C:\\svchost.exe\0".getBytes(StandardCharsets.UTF_16LE);
    int room = size.getInt(0);
    size.putInt(0, OwnerModuleCodec.TEXTS + texts.length);
    if (row.getLong(TcpRowLayout.V4_OWNER_MODULE.service) != 7) {
      return -Win32Error.ACCESS_DENIED;
    }
    if (room < size.getInt(0)) {
      return -Win32Error.INSUFFICIENT_BUFFER;
    }
    module.putLong(OwnerModuleCodec.NAME, 0x7ff0_0010).putLong(OwnerModuleCodec.PATH, 0x7ff0_001c);
    module.put(OwnerModuleCodec.TEXTS, texts);
    return 0;
  }

  @Override
  public int GetOwnerModuleFromTcp6Entry(
      ByteBuffer row, int infoClass, ByteBuffer module, ByteBuffer size) {
    return -Win32Error.PROC_NOT_FOUND;
  }

  @Override
  public int QueryFullProcessImageNameW(long process, int flags, ByteBuffer name, ByteBuffer size) {
    return -Win32Error.ACCESS_DENIED;
  }

  @Override
  public int NtQueryInformationProcess(long process, int processClass, ByteBuffer information) {
    return STATUS_ACCESS_DENIED;
  }

  @Override
  public int ReadProcessMemory(long process, long address, ByteBuffer bytes) {
    return -Win32Error.ACCESS_DENIED;
  }

  @Override
  public long FindWindowExW(long parent, long after) {
    return 0;
  }

  @Override
  public int GetWindowThreadProcessId(long window, ByteBuffer pid) {
    return -INVALID_WINDOW_HANDLE;
  }

  @Override
  public int PostMessageW(long window, int message, long first, long second) {
    return -INVALID_WINDOW_HANDLE;
  }
}
