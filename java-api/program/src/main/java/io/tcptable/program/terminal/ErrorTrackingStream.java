// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the first failure and is silent after it: a {@code PrintStream} on top would forget
 * which one it was, and a reader who left early is no reason to write on.
 */
final class ErrorTrackingStream extends FilterOutputStream {

  private volatile @Nullable IOException failure;

  ErrorTrackingStream(OutputStream out) {
    super(out);
  }

  /** Why not everything was written, or null if all of it was. */
  @Nullable IOException failure() {
    return failure;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (failure == null) {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        failure = e;
      }
    }
  }

  @Override
  public void flush() {
    if (failure == null) {
      try {
        out.flush();
      } catch (IOException e) {
        failure = e;
      }
    }
  }
}
