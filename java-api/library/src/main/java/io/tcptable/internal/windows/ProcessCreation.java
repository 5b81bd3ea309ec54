// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.WindowsCalls;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts a program as {@link ProcessBuilder} does, but on a console of its own without a window,
 * and with its three standard handles as the only ones that it inherits. On the console of this
 * process, Ctrl-C and the end of the terminal would reach it, and {@link ConsoleInterrupt} could
 * not ask it to end without asking all others there.
 *
 * <p>Not in a process group of its own ({@code CREATE_NEW_PROCESS_GROUP}): Windows disables Ctrl-C
 * for all processes of such a group.
 *
 * <p>While it runs, a program that another thread starts by {@link ProcessBuilder} may inherit the
 * handles of the files too.
 *
 * @see <a href="https://learn.microsoft.com/windows/win32/procthread/process-creation-flags">
 *     Process Creation Flags</a>
 */
final class ProcessCreation {

  /** {@code SECURITY_ATTRIBUTES}: its size, and where it says that a handle can be inherited. */
  static final int SECURITY_SIZE = 24;

  static final int INHERIT = 16;

  /** {@code PROCESS_INFORMATION}; the handle of the process is its beginning. */
  static final int INFORMATION_SIZE = 24;

  static final int THREAD = 8;
  static final int PROCESS_ID = 16;

  private static final int CREATE_NO_WINDOW = 0x08000000;
  private static final int CREATE_UNICODE_ENVIRONMENT = 0x400;

  private static final int GENERIC_READ = 0x80000000;

  /** {@code FILE_GENERIC_WRITE} without the right to overwrite: each write goes to the end. */
  private static final int APPEND = 0x120114;

  private static final int SHARED_WITH_ALL = 7;
  private static final int OPEN_EXISTING = 3;
  private static final int OPEN_ALWAYS = 4;
  private static final int NORMAL = 0x80;

  private static final String NOTHING = "NUL";

  /** A longer path takes a prefix. */
  private static final int LONGEST_PLAIN_PATH = 247;

  private static final String VERBATIM = "\\\\?\\";

  private final WindowsCalls calls;

  ProcessCreation(WindowsCalls calls) {
    this.calls = calls;
  }

  /**
   * Starts it; its input is empty.
   *
   * @param builder its output and errors go to files
   */
  Process start(ProcessBuilder builder) throws IOException {
    List<Long> opened = new ArrayList<>();
    try {
      Redirect errors =
          builder.redirectErrorStream() ? builder.redirectOutput() : builder.redirectError();
      opened.add(open(NOTHING, GENERIC_READ, OPEN_EXISTING));
      opened.add(open(path(builder.redirectOutput().file()), APPEND, OPEN_ALWAYS));
      // Another handle of the same file: one may not be in the list twice.
      opened.add(open(path(errors.file()), APPEND, OPEN_ALWAYS));
      return create(builder, opened);
    } finally {
      opened.forEach(calls::CloseHandle);
    }
  }

  private Process create(ProcessBuilder builder, List<Long> opened) throws IOException {
    ByteBuffer handles = CallBuffer.allocate(opened.size() * Long.BYTES);
    opened.forEach(handles::putLong);
    ByteBuffer information = CallBuffer.allocate(INFORMATION_SIZE);
    File directory = builder.directory();
    int result =
        calls.CreateProcessW(
            WideText.of(CommandLine.ofProcessBuilder(builder.command())),
            CREATE_NO_WINDOW | CREATE_UNICODE_ENVIRONMENT,
            WideText.of(EnvironmentBlock.of(builder.environment())),
            WideText.of(path(directory == null ? new File("") : directory)),
            handles.rewind(),
            information);
    if (result < 0) {
      throw failure("CreateProcess", result);
    }
    calls.CloseHandle(information.getLong(THREAD));
    return new StartedProcess(
        calls, information.getLong(0), Integer.toUnsignedLong(information.getInt(PROCESS_ID)));
  }

  private long open(String name, int access, int disposition) throws IOException {
    ByteBuffer inheritable =
        CallBuffer.allocate(SECURITY_SIZE).putInt(0, SECURITY_SIZE).putInt(INHERIT, 1);
    long handle =
        calls.CreateFileW(
            WideText.of(name), access, SHARED_WITH_ALL, inheritable, disposition, NORMAL);
    if (handle < 0) {
      throw failure("CreateFile of " + name, handle);
    }
    return handle;
  }

  private static String path(@Nullable File file) {
    if (file == null || file.equals(Redirect.DISCARD.file())) {
      return NOTHING;
    }
    String path = file.getAbsolutePath();
    return path.length() <= LONGEST_PLAIN_PATH || path.startsWith("\\\\") ? path : VERBATIM + path;
  }

  private static IOException failure(String call, long result) {
    return new IOException(call + " failed with " + Win32Error.name((int) -result));
  }
}
