// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.TimeLimiter;
import io.tcptable.process.LaunchObstacle;
import io.tcptable.process.LaunchObstacle.Kind;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The strings that a program was started with, each ended by a zero byte: {@code
 * proc_pid_cmdline(5)} and {@code proc_pid_environ(5)}. Unlike what is only shown, they must be
 * whole, and as the kernel has put them there, as far as that can be told.
 */
final class ProcStrings {

  /** More than this is no command that a server is started with. */
  static final int MOST_BYTES = 1 << 20;

  /** How file names and arguments are encoded: as the user's locale says. */
  private static final Charset NATIVE =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  /** Ends the reading: the strings cannot be used. */
  static final class UnusableException extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    private final transient LaunchObstacle obstacle;

    UnusableException(Kind kind, String detail) {
      super(kind + " " + detail, null, false, false);
      obstacle = new LaunchObstacle(kind, detail);
    }

    LaunchObstacle obstacle() {
      return obstacle;
    }
  }

  private ProcStrings() {}

  /**
   * The arguments.
   *
   * @param size how many bytes the kernel has put there
   */
  static List<String> arguments(Path process, OptionalLong size) throws UnusableException {
    return arguments(bytes(process.resolve("cmdline"), "its arguments"), size);
  }

  /** Those that these bytes hold. A title is padded with zero bytes, or runs over the end. */
  static List<String> arguments(byte[] bytes, OptionalLong size) throws UnusableException {
    List<byte[]> strings = strings(bytes, size, Kind.ARGUMENTS_OVERWRITTEN);
    int count = strings.size();
    if (count == 0
        || strings.get(0).length == 0
        || (count > 2 && strings.get(count - 1).length + strings.get(count - 2).length == 0)) {
      throw new UnusableException(Kind.ARGUMENTS_OVERWRITTEN, "");
    }
    List<String> words = new ArrayList<>(count);
    for (byte[] string : strings) {
      words.add(text(string, "an argument"));
    }
    return words;
  }

  /** The variables of the environment. */
  static Map<String, String> environment(Path process, OptionalLong size) throws UnusableException {
    return environment(bytes(process.resolve("environ"), "its environment"), size);
  }

  /** Those that these bytes hold; each has a name, and no name comes twice. */
  static Map<String, String> environment(byte[] bytes, OptionalLong size) throws UnusableException {
    Map<String, String> variables = new LinkedHashMap<>();
    for (byte[] string : strings(bytes, size, Kind.ENVIRONMENT_OVERWRITTEN)) {
      int equals = 0;
      while (equals < string.length && string[equals] != '=') {
        equals++;
      }
      if (equals == 0 || equals == string.length) {
        throw new UnusableException(Kind.ENVIRONMENT_OVERWRITTEN, "");
      }
      String name = text(Arrays.copyOf(string, equals), "the name of a variable");
      byte[] value = Arrays.copyOfRange(string, equals + 1, string.length);
      if (variables.put(name, text(value, "the variable " + name)) != null) {
        throw new UnusableException(Kind.ENVIRONMENT_OVERWRITTEN, "");
      }
    }
    return variables;
  }

  private static byte[] bytes(Path file, String what) throws UnusableException {
    byte[] bytes;
    try {
      bytes = TimeLimiter.shared().call(file, () -> ProcFile.bytes(file, MOST_BYTES + 1));
    } catch (IOException e) {
      throw new UnusableException(Kind.UNREADABLE, what);
    }
    if (bytes.length > MOST_BYTES) {
      throw new UnusableException(Kind.TOO_LONG, what);
    }
    return bytes;
  }

  private static List<byte[]> strings(byte[] bytes, OptionalLong size, Kind overwritten)
      throws UnusableException {
    boolean isWhole = size.isPresent() && size.getAsLong() == bytes.length;
    if (!isWhole || (bytes.length > 0 && bytes[bytes.length - 1] != 0)) {
      throw new UnusableException(overwritten, "");
    }
    List<byte[]> strings = new ArrayList<>();
    int start = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == 0) {
        strings.add(Arrays.copyOfRange(bytes, start, at));
        start = at + 1;
      }
    }
    return strings;
  }

  /** Only what becomes the same bytes again. */
  private static String text(byte[] bytes, String what) throws UnusableException {
    String text = new String(bytes, NATIVE);
    if (!Arrays.equals(text.getBytes(NATIVE), bytes)) {
      throw new UnusableException(Kind.NOT_TEXT, what);
    }
    return text;
  }
}
