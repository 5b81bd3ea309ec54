// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import io.tcptable.program.command.Command;
import io.tcptable.program.command.ExitCode;
import io.tcptable.program.command.Failures;
import io.tcptable.program.terminal.Terminal;
import java.io.IOException;

/** The program. */
public final class Main {

  private Main() {}

  /** Runs a command and ends the JVM with one of the exit codes that {@code --help} lists. */
  public static void main(String[] args) {
    int code = ExitCode.asAskedFor(run(Terminal.ofProcess(), args));
    // Leaving by return is quicker: exit would start the JDK's logging first, since Java 21.
    if (code != ExitCode.FOUND) {
      System.exit(code);
    }
  }

  /** Runs a command; never throws, and leaves nothing in a buffer. */
  public static int run(Terminal terminal, String... args) {
    keepPicocliFromWhatIsNotUsed();
    int code = execute(terminal, args);
    IOException unwritten = terminal.finish();
    if (unwritten != null) {
      terminal.warn("cannot write the output: " + unwritten.getMessage());
      return ExitCode.UNWRITTEN;
    }
    return code;
  }

  /**
   * It would look for Groovy, for which the JVM reads the list of all files in the jar, and load
   * each class of java.time and java.sql that an argument might be converted to. The expression is
   * short, as it is compiled for each of these classes.
   */
  private static void keepPicocliFromWhatIsNotUsed() {
    System.setProperty("picocli.disable.closures", "true");
    System.setProperty("picocli.converters.excludes", "java.[ts].*");
  }

  private static int execute(Terminal terminal, String... args) {
    try {
      return Program.execute(terminal, args);
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
      return new Failures(terminal).failed(e, Boolean.getBoolean(Command.DEBUG_PROPERTY));
    }
  }
}
