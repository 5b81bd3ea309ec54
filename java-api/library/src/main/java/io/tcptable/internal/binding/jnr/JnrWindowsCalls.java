// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding.jnr;

import io.tcptable.internal.binding.Win32Calls;
import io.tcptable.internal.binding.WindowsLibraries;
import java.nio.ByteBuffer;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/** The calls of Windows through jnr-ffi. */
public final class JnrWindowsCalls extends Win32Calls {

  /** Where jnr-ffi leaves the error that it saved right after this thread's last call. */
  private final Runtime runtime = Runtime.getSystemRuntime();

  /** Through the libraries of Windows itself. */
  public JnrWindowsCalls() {
    this(WindowsLibraries.SYSTEM);
  }

  /** Through other libraries. */
  public JnrWindowsCalls(WindowsLibraries libraries) {
    super(libraries, JnrWindowsCalls::load);
  }

  private static JnrWin32 load(String library) {
    ExportedPackage.require(JnrWin32.class);
    return LibraryLoader.create(JnrWin32.class).option(LibraryOption.SaveError, true).load(library);
  }

  @Override
  protected long address(ByteBuffer buffer) {
    return Pointer.wrap(runtime, buffer).address();
  }

  @Override
  protected int lastError() {
    return -runtime.getLastError();
  }
}
