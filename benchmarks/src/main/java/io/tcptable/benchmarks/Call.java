// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import io.tcptable.internal.binding.LinuxCalls;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** System calls that the kernel has little to do for, so that the way to it shows. */
public enum Call {
  /** Fails, so that errno has to be brought back too. */
  CLOSE("`close(-1)`"),
  READLINKAT("`readlinkat` of a link in `/proc`");

  private static final int AT_FDCWD = -100;
  private static final int NO_DESCRIPTOR = -1;
  private static final int TARGET = 64;

  private final String title;

  Call(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Buffers of one's own, reused for each call. */
  Runnable through(LinuxCalls calls) {
    if (this == CLOSE) {
      return () -> calls.close(NO_DESCRIPTOR);
    }
    byte[] name = "/proc/self\0".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer path = ByteBuffer.allocateDirect(name.length).put(0, name);
    ByteBuffer target = ByteBuffer.allocateDirect(TARGET).order(ByteOrder.nativeOrder());
    if (calls.readlinkat(AT_FDCWD, path, target) <= 0) {
      throw new IllegalStateException("cannot read /proc/self");
    }
    return () -> calls.readlinkat(AT_FDCWD, path, target);
  }
}
