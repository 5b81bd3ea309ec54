// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.WindowsCalls;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process that {@link ProcessCreation} has started. Its handle is held as long as this is. */
final class StartedProcess extends Process {

  private static final Cleaner CLEANER = Cleaner.create();

  private final WindowsCalls calls;
  private final long handle;
  private final long pid;
  private final Optional<ProcessHandle> known;

  /**
   * @param handle of the process, with all rights
   */
  StartedProcess(WindowsCalls calls, long handle, long pid) {
    this.calls = calls;
    this.handle = handle;
    this.pid = pid;
    this.known = ProcessHandle.of(pid);
    CLEANER.register(this, () -> calls.CloseHandle(handle));
  }

  /** Nothing takes what is written. */
  @Override
  public OutputStream getOutputStream() {
    return OutputStream.nullOutputStream();
  }

  /** Its output goes to files. */
  @Override
  public InputStream getInputStream() {
    return InputStream.nullInputStream();
  }

  @Override
  public InputStream getErrorStream() {
    return InputStream.nullInputStream();
  }

  @Override
  public long pid() {
    return pid;
  }

  @Override
  public ProcessHandle toHandle() {
    return known.orElseThrow(UnsupportedOperationException::new);
  }

  @Override
  public boolean isAlive() {
    return !new OpenProcesses(calls).hasEnded(handle);
  }

  @Override
  public int waitFor() throws InterruptedException {
    while (!waitFor(1, TimeUnit.DAYS)) {
      // It may run for years.
    }
    return exitValue();
  }

  @Override
  public int exitValue() {
    if (isAlive()) {
      throw new IllegalThreadStateException("process hasn't exited");
    }
    ByteBuffer code = CallBuffer.allocate(Integer.BYTES);
    int result = calls.GetExitCodeProcess(handle, code);
    if (result < 0) {
      throw Win32Error.failure("GetExitCodeProcess", result, "asking how a process has ended");
    }
    return code.getInt(0);
  }

  @Override
  public boolean supportsNormalTermination() {
    return false;
  }

  /** By force, as every {@link Process} on Windows. */
  @Override
  public void destroy() {
    new OpenProcesses(calls).terminate(handle);
  }
}
