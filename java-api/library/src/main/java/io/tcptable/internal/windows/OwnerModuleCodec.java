// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads {@code TCPIP_OWNER_MODULE_BASIC_INFO} of {@code iprtrmib.h}: two pointers into the same
 * buffer, to the name of a module and to its path, which are UTF-16 and end with a zero.
 *
 * <pre>
 * 0 pModuleName   8 pModulePath   16 the texts
 * </pre>
 *
 * <p>The address of the buffer is not known here, but the two pointers tell which text comes first,
 * and by how far: what does not agree with that is not believed.
 */
final class OwnerModuleCodec {

  static final int NAME = 0;
  static final int PATH = 8;
  static final int TEXTS = 16;

  private OwnerModuleCodec() {}

  /** The name; empty if it cannot be made out. */
  static Optional<String> name(ByteBuffer module) {
    if (module.limit() < TEXTS) {
      return Optional.empty();
    }
    long behind = module.getLong(PATH) - module.getLong(NAME);
    int end = end(module, TEXTS);
    long length = (long) end + Character.BYTES - TEXTS;
    if (end < 0 || Math.abs(behind) != (behind == 0 ? 0 : length)) {
      return Optional.empty();
    }
    int from = behind < 0 ? end + Character.BYTES : TEXTS;
    return text(module, from);
  }

  private static Optional<String> text(ByteBuffer module, int from) {
    int end = end(module, from);
    if (end <= from) {
      return Optional.empty();
    }
    byte[] text = new byte[end - from];
    module.get(from, text);
    return Optional.of(new String(text, StandardCharsets.UTF_16LE));
  }

  /** Where the zero is that ends a text, below zero if there is none. */
  private static int end(ByteBuffer module, int from) {
    for (int at = from; at + Character.BYTES <= module.limit(); at += Character.BYTES) {
      if (module.getShort(at) == 0) {
        return at;
      }
    }
    return -1;
  }
}
