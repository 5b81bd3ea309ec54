// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.terminal;

import io.tcptable.internal.Platforms;

/** Whether to colour, as {@code --color} says. */
public enum ColourChoice {
  AUTO,
  ALWAYS,
  NEVER;

  /**
   * What people said on the command line counts first, then <a
   * href="https://no-color.org">NO_COLOR</a>, then <a
   * href="https://bixense.com/clicolors/">CLICOLOR_FORCE</a>, then whether there is a screen.
   */
  public boolean isColoured(Terminal terminal) {
    if (this != AUTO) {
      return this == ALWAYS;
    }
    if (terminal.variable("NO_COLOR") != null) {
      return false;
    }
    String force = terminal.variable("CLICOLOR_FORCE");
    if (force != null && !force.equals("0")) {
      return true;
    }
    return terminal.isInteractive() && Platforms.current().showsColours(terminal::variable);
  }
}
