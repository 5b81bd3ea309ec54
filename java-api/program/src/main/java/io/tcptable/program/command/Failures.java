// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import io.tcptable.TcpTableException;
import io.tcptable.program.terminal.Terminal;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns every failure into one line and an exit code. */
public final class Failures {

  /** What is taken for an option, and is meant as a number. */
  private static final String NEGATIVE = "-[0-9]+";

  private final Terminal terminal;

  public Failures(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The command line is invalid. */
  public int misused(ParameterException failure, String[] arguments) {
    CommandLine line = failure.getCommandLine();
    terminal.warn(reason(failure) + " (see " + line.getCommandSpec().qualifiedName() + " --help)");
    return ExitCode.USAGE;
  }

  private static String reason(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return reason(unmatched);
    }
    return failure.getCause() instanceof TypeConversionException refused
        ? String.valueOf(refused.getMessage())
        : lowerCaseFirst(String.valueOf(failure.getMessage()));
  }

  private static String reason(UnmatchedArgumentException failure) {
    String word = failure.getUnmatched().get(0);
    if (word.matches(NEGATIVE)) {
      return String.valueOf(Arguments.notAPort(word).getMessage());
    }
    if (failure.isUnknownOption()) {
      return "unknown option '" + word + "'" + didYouMean(failure.getSuggestions());
    }
    if (failure.getCommandLine().getParent() != null) {
      return "unexpected argument '" + word + "'";
    }
    return "unknown command '"
        + word
        + "'"
        + (Arguments.looksLikePort(word)
            ? "; for that port: tcptable " + word
            : didYouMean(failure.getSuggestions()));
  }

  private static String didYouMean(List<String> suggestions) {
    return suggestions.isEmpty() ? "" : "; did you mean " + suggestions.get(0) + "?";
  }

  private static String lowerCaseFirst(String sentence) {
    return sentence.isEmpty()
        ? sentence
        : Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
  }

  /** A command failed. */
  public int failed(Exception failure, CommandLine line, ParseResult arguments) {
    return failed(failure, ((Command) line.getCommand()).isDebug());
  }

  /** Anything failed. */
  public int failed(Throwable failure, boolean debug) {
    if (failure instanceof TcpTableException) {
      terminal.warn(String.valueOf(failure.getMessage()));
    } else {
      terminal.warn(
          "internal error: "
              + failure
              + (debug ? "" : " (run it with --debug for the stack trace)"));
    }
    if (debug) {
      terminal.trace(failure);
    }
    return ExitCode.FAILED;
  }
}
