// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding.jna;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.tcptable.internal.binding.Win32Calls;
import io.tcptable.internal.binding.WindowsLibraries;
import java.nio.ByteBuffer;

/** The calls of Windows through JNA. */
public final class JnaWindowsCalls extends Win32Calls {

  /** Through the libraries of Windows itself. */
  public JnaWindowsCalls() {
    this(WindowsLibraries.SYSTEM);
  }

  /** Through other libraries. */
  public JnaWindowsCalls(WindowsLibraries libraries) {
    super(libraries, library -> Native.load(library, JnaWin32.class));
  }

  @Override
  protected long address(ByteBuffer buffer) {
    return Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
  }

  @Override
  protected int lastError() {
    return -Native.getLastError();
  }
}
