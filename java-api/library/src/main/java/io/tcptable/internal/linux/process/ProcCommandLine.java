// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.TimeLimiter;
import io.tcptable.process.ProcessArguments;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of a process, each ended by a zero byte, see {@code proc_pid_cmdline(5)}. They are
 * read from its memory, from and to wherever it says that they are.
 */
final class ProcCommandLine {

  /** What is kept where they are asked for themselves. */
  static final int MOST_BYTES = 64 * 1024;

  static final int MOST_WORDS = 4096;

  /** How file names and arguments are encoded: as the user's locale says. */
  private static final Charset NATIVE =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private ProcCommandLine() {}

  /**
   * Those of a process.
   *
   * @param most how many bytes of them are kept
   */
  static ProcessArguments of(Path process, int most) throws IOException {
    Path file = process.resolve("cmdline");
    byte[] bytes = TimeLimiter.shared().call(file, () -> ProcFile.bytes(file, ProcFile.MOST_BYTES));
    return parse(bytes, most);
  }

  static ProcessArguments parse(byte[] bytes, int most) {
    List<String> words = new ArrayList<>();
    int omitted = 0;
    int start = 0;
    for (int end = end(bytes, 0); start < bytes.length; end = end(bytes, start)) {
      if (omitted == 0 && end <= most && words.size() < MOST_WORDS) {
        words.add(new String(bytes, start, end - start, NATIVE));
      } else {
        omitted++;
      }
      start = end + 1;
    }
    return new ProcessArguments(words, omitted);
  }

  /** Where the word that begins here ends; the last may have no zero byte. */
  private static int end(byte[] bytes, int start) {
    int end = start;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return end;
  }
}
