// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import io.tcptable.program.terminal.Terminal;

/** Runs the other commands of the program for a command that offers them. */
@FunctionalInterface
public interface OtherCommands {

  /** Runs one; the result is one of {@link ExitCode}. */
  int execute(Terminal terminal, String... words);
}
