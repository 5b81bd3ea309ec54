// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.ProcessStartup;
import io.tcptable.internal.binding.WindowsCalls;
import io.tcptable.internal.binding.WindowsLibraries;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/** The calls of Windows through the Foreign Function and Memory API. A handle is a long. */
public final class FfmWindowsCalls implements WindowsCalls {

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();

  /** What the linker can save: elsewhere than on Windows, where tests run, it is errno. */
  private static final String LAST_ERROR =
      CALL_STATE.memberLayouts().stream()
              .anyMatch(m -> m.name().stream().anyMatch("GetLastError"::equals))
          ? "GetLastError"
          : "errno";

  private static final Linker.Option CAPTURE = Linker.Option.captureCallState(LAST_ERROR);
  private static final long ERROR =
      CALL_STATE.byteOffset(StructLayout.PathElement.groupElement(LAST_ERROR));

  /** Where the linker saves the error, before the JVM can change it; one a thread. */
  private static final ThreadLocal<MemorySegment> STATE =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(CALL_STATE));

  private static final int RESERVED = 0;
  private static final int NOT_INHERITED = 0;
  private static final int INHERITED = 1;
  private static final long NO_TEMPLATE = 0;
  private static final long INVALID_HANDLE_VALUE = -1;
  private static final int WAIT_FAILED = -1;
  private static final int PROC_NOT_FOUND = 127;

  private final MethodHandle getExtendedTcpTable;
  private final MethodHandle setTcpEntry;
  private final MethodHandle getOwnerModuleFromTcpEntry;
  private final MethodHandle getOwnerModuleFromTcp6Entry;
  private final MethodHandle ntQuerySystemInformation;
  private final MethodHandle openProcess;
  private final MethodHandle getProcessTimes;
  private final MethodHandle queryFullProcessImageName;
  private final MethodHandle ntQueryInformationProcess;
  private final MethodHandle readProcessMemory;
  private final MethodHandle createFile;
  private final MethodHandle initializeAttributeList;
  private final MethodHandle updateAttribute;
  private final MethodHandle deleteAttributeList;
  private final MethodHandle createProcess;
  private final MethodHandle getExitCodeProcess;
  private final MethodHandle terminateProcess;
  private final MethodHandle waitForSingleObject;
  private final MethodHandle openProcessToken;
  private final MethodHandle getTokenInformation;
  private final MethodHandle lookupAccountSid;
  private final MethodHandle closeHandle;
  private final MethodHandle findWindowEx;
  private final MethodHandle getWindowThreadProcessId;
  private final MethodHandle isWindowVisible;
  private final MethodHandle getWindow;
  private final MethodHandle getClassName;
  private final MethodHandle postMessage;
  private final MethodHandle freeConsole;
  private final MethodHandle attachConsole;
  private final MethodHandle getConsoleProcessList;
  private final MethodHandle setConsoleCtrlHandler;
  private final MethodHandle generateConsoleCtrlEvent;

  /** Through the libraries of Windows itself. */
  public FfmWindowsCalls() {
    this(WindowsLibraries.SYSTEM);
  }

  /**
   * Loads the libraries and finds the functions, so that all of them are there or none; but for
   * those that only tell the names of services.
   */
  public FfmWindowsCalls(WindowsLibraries libraries) {
    Library iphlpapi = Library.load(libraries.iphlpapi());
    getExtendedTcpTable =
        iphlpapi.find(
            "GetExtendedTcpTable",
            JAVA_INT,
            ADDRESS,
            ADDRESS,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT);
    setTcpEntry = iphlpapi.find("SetTcpEntry", JAVA_INT, ADDRESS);
    getOwnerModuleFromTcpEntry = ownerModule(iphlpapi, "GetOwnerModuleFromTcpEntry");
    getOwnerModuleFromTcp6Entry = ownerModule(iphlpapi, "GetOwnerModuleFromTcp6Entry");
    Library ntdll = Library.load(libraries.ntdll());
    ntQuerySystemInformation =
        ntdll.find("NtQuerySystemInformation", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    ntQueryInformationProcess =
        ntdll.find(
            "NtQueryInformationProcess", JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    Library kernel32 = Library.load(libraries.kernel32());
    openProcess = kernel32.find("OpenProcess", JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT);
    getProcessTimes =
        kernel32.find("GetProcessTimes", JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    queryFullProcessImageName =
        kernel32.find(
            "QueryFullProcessImageNameW", JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS);
    readProcessMemory =
        kernel32.find(
            "ReadProcessMemory", JAVA_INT, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
    createFile =
        kernel32.find(
            "CreateFileW",
            JAVA_LONG,
            ADDRESS,
            JAVA_INT,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            JAVA_INT,
            JAVA_LONG);
    initializeAttributeList =
        kernel32.find(
            "InitializeProcThreadAttributeList", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    updateAttribute =
        kernel32.find(
            "UpdateProcThreadAttribute",
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            JAVA_LONG,
            ADDRESS,
            JAVA_LONG,
            ADDRESS,
            ADDRESS);
    deleteAttributeList = kernel32.procedure("DeleteProcThreadAttributeList", ADDRESS);
    createProcess =
        kernel32.find(
            "CreateProcessW",
            JAVA_INT,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            JAVA_INT,
            JAVA_INT,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS);
    getExitCodeProcess = kernel32.find("GetExitCodeProcess", JAVA_INT, JAVA_LONG, ADDRESS);
    terminateProcess = kernel32.find("TerminateProcess", JAVA_INT, JAVA_LONG, JAVA_INT);
    waitForSingleObject = kernel32.find("WaitForSingleObject", JAVA_INT, JAVA_LONG, JAVA_INT);
    closeHandle = kernel32.find("CloseHandle", JAVA_INT, JAVA_LONG);
    freeConsole = kernel32.find("FreeConsole", JAVA_INT);
    attachConsole = kernel32.find("AttachConsole", JAVA_INT, JAVA_INT);
    getConsoleProcessList = kernel32.find("GetConsoleProcessList", JAVA_INT, ADDRESS, JAVA_INT);
    setConsoleCtrlHandler = kernel32.find("SetConsoleCtrlHandler", JAVA_INT, ADDRESS, JAVA_INT);
    generateConsoleCtrlEvent =
        kernel32.find("GenerateConsoleCtrlEvent", JAVA_INT, JAVA_INT, JAVA_INT);
    Library user32 = Library.load(libraries.user32());
    findWindowEx = user32.find("FindWindowExW", JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS);
    getWindowThreadProcessId =
        user32.find("GetWindowThreadProcessId", JAVA_INT, JAVA_LONG, ADDRESS);
    isWindowVisible = user32.find("IsWindowVisible", JAVA_INT, JAVA_LONG);
    getWindow = user32.find("GetWindow", JAVA_LONG, JAVA_LONG, JAVA_INT);
    getClassName = user32.find("GetClassNameW", JAVA_INT, JAVA_LONG, ADDRESS, JAVA_INT);
    postMessage = user32.find("PostMessageW", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
    Library advapi32 = Library.load(libraries.advapi32());
    openProcessToken = advapi32.find("OpenProcessToken", JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS);
    getTokenInformation =
        advapi32.find(
            "GetTokenInformation", JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    lookupAccountSid =
        advapi32.find(
            "LookupAccountSidW",
            JAVA_INT,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS);
  }

  private static MethodHandle ownerModule(Library iphlpapi, String function) {
    ValueLayout[] parameters = {ADDRESS, JAVA_INT, ADDRESS, ADDRESS};
    return iphlpapi.has(function)
        ? iphlpapi.find(function, JAVA_INT, parameters)
        : MethodHandles.dropArguments(
            MethodHandles.constant(int.class, PROC_NOT_FOUND),
            0,
            MemorySegment.class,
            MemorySegment.class,
            int.class,
            MemorySegment.class,
            MemorySegment.class);
  }

  /** A library of Windows, which stays loaded. */
  private record Library(String name, SymbolLookup symbols) {

    @SuppressWarnings("restricted")
    static Library load(String name) {
      try {
        return new Library(name, SymbolLookup.libraryLookup(name, Arena.global()));
      } catch (IllegalArgumentException e) {
        throw new UnsatisfiedLinkError("there is no library " + name);
      }
    }

    boolean has(String function) {
      return symbols.find(function).isPresent();
    }

    MethodHandle find(String function, ValueLayout result, ValueLayout... parameters) {
      return bound(function, FunctionDescriptor.of(result, parameters));
    }

    /** One without a result. */
    MethodHandle procedure(String function, ValueLayout... parameters) {
      return bound(function, FunctionDescriptor.ofVoid(parameters));
    }

    @SuppressWarnings("restricted")
    private MethodHandle bound(String function, FunctionDescriptor descriptor) {
      MemorySegment address =
          symbols
              .find(function)
              .orElseThrow(() -> new UnsatisfiedLinkError(name + " has no " + function));
      return LINKER.downcallHandle(address, descriptor, CAPTURE);
    }
  }

  /** A downcall, which leaves the error in the state. */
  private interface Downcall<T> {
    T make(MemorySegment state) throws Throwable;
  }

  private static <T> T made(Downcall<T> call) {
    try {
      return call.make(STATE.get());
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      // A downcall itself throws nothing: this is a bug.
      throw new IllegalStateException(e);
    }
  }

  /** Zero is a failure, all else success. */
  private static int done(Downcall<Integer> call) {
    return made(call) == 0 ? lastError() : 0;
  }

  private static int lastError() {
    return -STATE.get().get(JAVA_INT, ERROR);
  }

  private static MemorySegment bytes(ByteBuffer buffer) {
    return MemorySegment.ofBuffer(buffer);
  }

  @Override
  public int GetExtendedTcpTable(
      ByteBuffer table, ByteBuffer size, int order, int family, int tableClass) {
    return -made(
        state ->
            (int)
                getExtendedTcpTable.invokeExact(
                    state, bytes(table), bytes(size), order, family, tableClass, RESERVED));
  }

  @Override
  public int SetTcpEntry(ByteBuffer row) {
    return -made(state -> (int) setTcpEntry.invokeExact(state, bytes(row)));
  }

  @Override
  public int GetOwnerModuleFromTcpEntry(
      ByteBuffer row, int infoClass, ByteBuffer module, ByteBuffer size) {
    return -made(
        state ->
            (int)
                getOwnerModuleFromTcpEntry.invokeExact(
                    state, bytes(row), infoClass, bytes(module), bytes(size)));
  }

  @Override
  public int GetOwnerModuleFromTcp6Entry(
      ByteBuffer row, int infoClass, ByteBuffer module, ByteBuffer size) {
    return -made(
        state ->
            (int)
                getOwnerModuleFromTcp6Entry.invokeExact(
                    state, bytes(row), infoClass, bytes(module), bytes(size)));
  }

  @Override
  public int NtQuerySystemInformation(int systemClass, ByteBuffer system, ByteBuffer length) {
    return made(
        state ->
            (int)
                ntQuerySystemInformation.invokeExact(
                    state, systemClass, bytes(system), system.limit(), bytes(length)));
  }

  @Override
  public long OpenProcess(int access, int pid) {
    long handle = made(state -> (long) openProcess.invokeExact(state, access, NOT_INHERITED, pid));
    return handle == 0 ? lastError() : handle;
  }

  @Override
  public int GetProcessTimes(
      long process, ByteBuffer creation, ByteBuffer exit, ByteBuffer kernel, ByteBuffer user) {
    return done(
        state ->
            (int)
                getProcessTimes.invokeExact(
                    state, process, bytes(creation), bytes(exit), bytes(kernel), bytes(user)));
  }

  @Override
  public int QueryFullProcessImageNameW(long process, int flags, ByteBuffer name, ByteBuffer size) {
    return done(
        state ->
            (int)
                queryFullProcessImageName.invokeExact(
                    state, process, flags, bytes(name), bytes(size)));
  }

  @Override
  public int NtQueryInformationProcess(long process, int processClass, ByteBuffer information) {
    return made(
        state ->
            (int)
                ntQueryInformationProcess.invokeExact(
                    state,
                    process,
                    processClass,
                    bytes(information),
                    information.limit(),
                    MemorySegment.NULL));
  }

  @Override
  public int ReadProcessMemory(long process, long address, ByteBuffer bytes) {
    return done(
        state ->
            (int)
                readProcessMemory.invokeExact(
                    state,
                    process,
                    address,
                    bytes(bytes),
                    (long) bytes.limit(),
                    MemorySegment.NULL));
  }

  @Override
  public long CreateFileW(
      ByteBuffer name, int access, int share, ByteBuffer security, int disposition, int flags) {
    long handle =
        made(
            state ->
                (long)
                    createFile.invokeExact(
                        state,
                        bytes(name),
                        access,
                        share,
                        bytes(security),
                        disposition,
                        flags,
                        NO_TEMPLATE));
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
    initialize(MemorySegment.NULL, size);
    ByteBuffer list = CallBuffer.allocate((int) size.getLong(0));
    if (initialize(bytes(list), size) < 0) {
      return lastError();
    }
    try {
      int updated =
          done(
              state ->
                  (int)
                      updateAttribute.invokeExact(
                          state,
                          bytes(list),
                          RESERVED,
                          ProcessStartup.HANDLE_LIST,
                          bytes(handles),
                          (long) handles.limit(),
                          MemorySegment.NULL,
                          MemorySegment.NULL));
      return updated < 0
          ? updated
          : done(
              state ->
                  (int)
                      createProcess.invokeExact(
                          state,
                          MemorySegment.NULL,
                          bytes(commandLine),
                          MemorySegment.NULL,
                          MemorySegment.NULL,
                          INHERITED,
                          flags | ProcessStartup.IS_EXTENDED,
                          bytes(environment),
                          bytes(directory),
                          bytes(ProcessStartup.of(bytes(list).address(), handles)),
                          bytes(information)));
    } finally {
      made(
          state -> {
            deleteAttributeList.invokeExact(state, bytes(list));
            return 0;
          });
      // The list has its address.
      Reference.reachabilityFence(handles);
    }
  }

  private int initialize(MemorySegment list, ByteBuffer size) {
    return done(
        state -> (int) initializeAttributeList.invokeExact(state, list, 1, RESERVED, bytes(size)));
  }

  @Override
  public int GetExitCodeProcess(long process, ByteBuffer code) {
    return done(state -> (int) getExitCodeProcess.invokeExact(state, process, bytes(code)));
  }

  @Override
  public int TerminateProcess(long process, int exitCode) {
    return done(state -> (int) terminateProcess.invokeExact(state, process, exitCode));
  }

  @Override
  public int WaitForSingleObject(long handle, int millis) {
    int result = made(state -> (int) waitForSingleObject.invokeExact(state, handle, millis));
    return result == WAIT_FAILED ? lastError() : result;
  }

  @Override
  public int OpenProcessToken(long process, int access, ByteBuffer token) {
    return done(state -> (int) openProcessToken.invokeExact(state, process, access, bytes(token)));
  }

  @Override
  public int GetTokenInformation(
      long token, int infoClass, ByteBuffer information, ByteBuffer length) {
    return done(
        state ->
            (int)
                getTokenInformation.invokeExact(
                    state,
                    token,
                    infoClass,
                    bytes(information),
                    information.limit(),
                    bytes(length)));
  }

  @Override
  public int LookupAccountSidW(
      ByteBuffer sid,
      ByteBuffer name,
      ByteBuffer nameLength,
      ByteBuffer domain,
      ByteBuffer domainLength,
      ByteBuffer use) {
    return done(
        state ->
            (int)
                lookupAccountSid.invokeExact(
                    state,
                    MemorySegment.NULL,
                    bytes(sid),
                    bytes(name),
                    bytes(nameLength),
                    bytes(domain),
                    bytes(domainLength),
                    bytes(use)));
  }

  @Override
  public int CloseHandle(long handle) {
    return done(state -> (int) closeHandle.invokeExact(state, handle));
  }

  @Override
  public long FindWindowExW(long parent, long after) {
    return made(
        state ->
            (long)
                findWindowEx.invokeExact(
                    state, parent, after, MemorySegment.NULL, MemorySegment.NULL));
  }

  @Override
  public int GetWindowThreadProcessId(long window, ByteBuffer pid) {
    return done(state -> (int) getWindowThreadProcessId.invokeExact(state, window, bytes(pid)));
  }

  @Override
  public int IsWindowVisible(long window) {
    return made(state -> (int) isWindowVisible.invokeExact(state, window));
  }

  @Override
  public long GetWindow(long window, int relation) {
    return made(state -> (long) getWindow.invokeExact(state, window, relation));
  }

  @Override
  public int GetClassNameW(long window, ByteBuffer name) {
    int length =
        made(
            state ->
                (int)
                    getClassName.invokeExact(
                        state, window, bytes(name), name.limit() / Character.BYTES));
    return length == 0 ? lastError() : length;
  }

  @Override
  public int PostMessageW(long window, int message, long first, long second) {
    return done(state -> (int) postMessage.invokeExact(state, window, message, first, second));
  }

  @Override
  public int FreeConsole() {
    return done(state -> (int) freeConsole.invokeExact(state));
  }

  @Override
  public int AttachConsole(int pid) {
    return done(state -> (int) attachConsole.invokeExact(state, pid));
  }

  @Override
  public int GetConsoleProcessList(ByteBuffer pids) {
    int count =
        made(
            state ->
                (int)
                    getConsoleProcessList.invokeExact(
                        state, bytes(pids), pids.limit() / Integer.BYTES));
    return count == 0 ? lastError() : count;
  }

  @Override
  public int SetConsoleCtrlHandler(int add) {
    return done(state -> (int) setConsoleCtrlHandler.invokeExact(state, MemorySegment.NULL, add));
  }

  @Override
  public int GenerateConsoleCtrlEvent(int event, int group) {
    return done(state -> (int) generateConsoleCtrlEvent.invokeExact(state, event, group));
  }
}
