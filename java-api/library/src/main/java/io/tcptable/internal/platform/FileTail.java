// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.file.Path;

/**
 * The end of a file of text.
 *
 * @param text in the encoding of this JVM
 * @param isCut whether there is something before it
 */
public record FileTail(String text, boolean isCut) {

  /**
   * Reads it.
   *
   * @param from where it begins at the earliest, in bytes
   * @param most how many bytes it has at most
   */
  public static FileTail read(Path path, long from, int most) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long length = file.length();
      long start = Math.max(Math.min(from, length), length - most);
      byte[] bytes = new byte[(int) (length - start)];
      file.seek(start);
      file.readFully(bytes);
      return new FileTail(new String(bytes, Charset.defaultCharset()), start > 0);
    }
  }
}
