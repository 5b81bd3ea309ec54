// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.WindowsCalls;
import io.tcptable.internal.table.ProcessIdentity;
import java.nio.ByteBuffer;

/**
 * Opens processes, and makes sure that a handle is one of the process that was meant. As long as a
 * handle is open, Windows gives its PID to no other process.
 */
final class OpenProcesses {

  /** Rights, from {@code winnt.h}. */
  static final int TERMINATE = 0x1;

  static final int VM_READ = 0x10;
  static final int QUERY_INFORMATION = 0x400;
  static final int QUERY_LIMITED_INFORMATION = 0x1000;
  static final int SYNCHRONIZE = 0x100000;

  /** To read its memory. */
  static final int READING = QUERY_INFORMATION | VM_READ;

  /** What a process ended by {@code taskkill /F} has too. */
  private static final int EXIT_CODE = 1;

  private static final int AT_ONCE = 0;
  private static final int WAIT_OBJECT_0 = 0;

  private final WindowsCalls calls;

  OpenProcesses(WindowsCalls calls) {
    this.calls = calls;
  }

  /**
   * A handle of this very process with these rights, to be closed.
   *
   * @param rights at least the one to query
   * @return the negated error below zero; of a process that is gone, INVALID_PARAMETER
   */
  long open(ProcessIdentity process, int rights) {
    long handle = calls.OpenProcess(rights, process.pid());
    if (handle >= 0 && creationTime(handle) != process.start()) {
      close(handle);
      return -Win32Error.INVALID_PARAMETER;
    }
    return handle;
  }

  private long creationTime(long handle) {
    ByteBuffer creation = CallBuffer.allocate(Long.BYTES);
    ByteBuffer other = CallBuffer.allocate(Long.BYTES);
    int result = calls.GetProcessTimes(handle, creation, other, other, other);
    return result < 0 ? -1 : creation.getLong(0);
  }

  /** Whether the process of a handle has ended that has the right {@link #SYNCHRONIZE}. */
  boolean hasEnded(long handle) {
    int result = calls.WaitForSingleObject(handle, AT_ONCE);
    if (result < 0) {
      throw Win32Error.failure(
          "WaitForSingleObject", result, "looking whether a process has ended");
    }
    return result == WAIT_OBJECT_0;
  }

  /**
   * Ends the process of a handle that has the right {@link #TERMINATE}, at once.
   *
   * @return the negated error below zero, as of a process that has ended
   */
  int terminate(long handle) {
    return calls.TerminateProcess(handle, EXIT_CODE);
  }

  void close(long handle) {
    calls.CloseHandle(handle);
  }
}
