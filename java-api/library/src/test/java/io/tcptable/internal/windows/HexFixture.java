// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/** Bytes as Windows gives them: in hexadecimal, {@code #} begins a remark. */
final class HexFixture {

  private HexFixture() {}

  static byte[] bytes(String name) {
    try (InputStream file = HexFixture.class.getResourceAsStream("tcp_table/" + name + ".hex")) {
      String text =
          new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(text.replaceAll("#.*|\\s", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
