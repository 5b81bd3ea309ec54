// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import io.tcptable.ListenAddress;
import io.tcptable.TcpState;
import io.tcptable.internal.binding.BindingName;
import io.tcptable.internal.platform.PortNumber;
import io.tcptable.program.terminal.ColourChoice;
import java.net.StandardProtocolFamily;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Parses words of the command line; a word that is invalid gets one line that says why. */
public final class Arguments {

  /** What a decoder puts in place of bytes that it cannot read. */
  private static final char REPLACEMENT = '\ufffd';

  private static final String DURATION = "([0-9]+)(ms|s|m|min|)";

  private Arguments() {}

  /** A port: {@code 3001} or {@code :3001}. */
  public static Integer port(String word) {
    int port = number(word.startsWith(":") ? word.substring(1) : word);
    if (!PortNumber.isValid(port)) {
      throw notAPort(word);
    }
    return port;
  }

  /** A port, or an address with a port: {@code 127.0.0.53:53}, {@code [::1]:3001}. */
  public static PortArgument portOrAddress(String word) {
    if (word.lastIndexOf(':') < 1) {
      return new PortArgument(port(word), Optional.empty());
    }
    try {
      ListenAddress address = ListenAddress.parse(word);
      return new PortArgument(address.port(), Optional.of(address));
    } catch (IllegalArgumentException e) {
      throw refused(word, "a port or an address with a port", String.valueOf(e.getMessage()));
    }
  }

  /** Whether a word is meant as a port, or as an address with a port, valid or not. */
  public static boolean looksLikePort(String word) {
    int port = word.lastIndexOf(':') + 1;
    return port < word.length() && word.chars().skip(port).allMatch(c -> c >= '0' && c <= '9');
  }

  static TypeConversionException notAPort(String word) {
    return refused(
        word, "a port", "use a number from 1 to " + PortNumber.HIGHEST + ", such as 3001 or :3001");
  }

  /** A process ID. */
  public static Integer pid(String word) {
    int pid = number(word);
    if (pid < 1) {
      throw refused(word, "a process ID", "use a whole number above 0");
    }
    return pid;
  }

  /** A state that a socket can be asked for, by any of the names people use. */
  public static TcpState state(String word) {
    try {
      TcpState state = TcpState.parse(word);
      if (state != TcpState.UNKNOWN) {
        return state;
      }
    } catch (IllegalArgumentException e) {
      // Said below, with the names that would do.
    }
    StringBuilder names = new StringBuilder("use one of ");
    for (TcpState state : TcpState.values()) {
      if (state != TcpState.UNKNOWN) {
        names.append(state == TcpState.ESTABLISHED ? "" : ", ").append(state);
      }
    }
    throw refused(word, "a TCP state", names.toString());
  }

  /** An address family: {@code 4} or {@code 6}. */
  public static StandardProtocolFamily family(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "4", "ipv4", "inet" -> StandardProtocolFamily.INET;
      case "6", "ipv6", "inet6" -> StandardProtocolFamily.INET6;
      default -> throw refused(word, "an address family", "use 4 or 6");
    };
  }

  /** The name of a binding. */
  static String binding(String word) {
    String name = word.toLowerCase(Locale.ROOT);
    if (!BindingName.all().contains(name)) {
      throw refused(word, "a binding", "use one of " + String.join(", ", BindingName.all()));
    }
    return name;
  }

  /** A length of time: {@code 500ms}, {@code 5s}, {@code 2m}; a bare number is seconds. */
  public static Duration duration(String word) {
    Matcher matcher = Pattern.compile(DURATION).matcher(word);
    int number = matcher.matches() ? number(matcher.group(1)) : -1;
    if (number < 1) {
      throw refused(word, "a duration above 0", "use for example 500ms, 5s or 2m");
    }
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "m", "min" -> Duration.ofMinutes(number);
      default -> Duration.ofSeconds(number);
    };
  }

  /**
   * A variable of the environment and its value: {@code NAME=VALUE}; {@code NAME-} for none, to
   * leave it out.
   */
  public static Map.Entry<String, Optional<String>> variable(String word) {
    int equals = word.indexOf('=');
    if (equals < 0 && word.length() > 1 && word.endsWith("-")) {
      return Map.entry(word.substring(0, word.length() - 1), Optional.empty());
    }
    if (equals < 1) {
      throw refused(word, "a variable", "use NAME=VALUE, such as LANG=C, or NAME- to leave it out");
    }
    return Map.entry(word.substring(0, equals), Optional.of(word.substring(equals + 1)));
  }

  /** A file or directory. */
  public static Path path(String word) {
    if (!isUndamaged(word)) {
      throw damaged(word);
    }
    try {
      return Path.of(word);
    } catch (InvalidPathException e) {
      throw refused(word, "a path", e.getReason());
    }
  }

  /** An HTTP status. */
  static Integer status(String word) {
    int status = number(word);
    if (status < 100 || status > 999) {
      throw refused(word, "an HTTP status", "use three digits, such as 200");
    }
    return status;
  }

  static ColourChoice colour(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "auto" -> ColourChoice.AUTO;
      case "always" -> ColourChoice.ALWAYS;
      case "never" -> ColourChoice.NEVER;
      default -> throw refused(word, "a color mode", "use auto, always or never");
    };
  }

  /** A whole number in plain ASCII digits, no sign; -1 if the word is none or is beyond 2^31. */
  public static int number(String word) {
    long number = word.isEmpty() ? -1 : 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      number = 10 * number + (c - '0');
      if (c < '0' || c > '9' || number > Integer.MAX_VALUE) {
        return -1;
      }
    }
    return (int) number;
  }

  /**
   * Whether a word came as it was typed and would reach another program so. In the C locale the JVM
   * replaces each byte beyond ASCII: a server would be started with another argument.
   */
  static boolean isUndamaged(String word) {
    String name = System.getProperty("sun.jnu.encoding", "UTF-8");
    Charset charset = Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    return word.indexOf(REPLACEMENT) < 0 && charset.newEncoder().canEncode(word);
  }

  static TypeConversionException damaged(String word) {
    return new TypeConversionException(
        "'"
            + word
            + "' cannot be read in the character set of this locale ("
            + System.getProperty("sun.jnu.encoding")
            + "); set LC_ALL=C.UTF-8");
  }

  /** One line on a word that does not mean what it should. */
  public static TypeConversionException refused(String word, String what, String advice) {
    return new TypeConversionException("'" + word + "' is not " + what + ": " + advice);
  }
}
