// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.CallBuffer;
import java.nio.ByteBuffer;

/** Text as Windows takes it: UTF-16 with a zero at its end. */
final class WideText {

  private WideText() {}

  /** As it is: a name of a file need not be valid text. */
  static ByteBuffer of(String text) {
    ByteBuffer bytes = CallBuffer.allocate((text.length() + 1) * Character.BYTES);
    bytes.asCharBuffer().put(text);
    return bytes;
  }
}
