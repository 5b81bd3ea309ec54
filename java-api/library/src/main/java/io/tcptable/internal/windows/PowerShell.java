// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.platform.ShellDialect;
import java.nio.file.Path;

/** The quoting of PowerShell, see {@code about_Quoting_Rules} and {@code about_Parsing}. */
final class PowerShell implements ShellDialect {

  /**
   * What PowerShell gives no meaning; a comma, for one, would make a list. It takes an option apart
   * at a point or colon, such as {@code -Dserver.port=3001}.
   */
  private static final String PLAIN = "(?!-.*[.:])[A-Za-z0-9_+=:./\\\\-]+";

  /** PowerShell takes a typographic quote for a straight one. */
  private static final String QUOTE = "['\u2018\u2019\u201a\u201b]";

  @Override
  public String quoted(String word) {
    return word.matches(PLAIN) ? word : "'" + word.replaceAll(QUOTE, "$0$0") + "'";
  }

  /** PowerShell has had {@code &&} since version 7 only. */
  @Override
  public String in(Path directory, String command) {
    return "cd " + quoted(directory.toString()) + "; " + command;
  }
}
