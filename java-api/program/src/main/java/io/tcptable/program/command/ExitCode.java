// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the program tells its caller when it ends; the same for every command. */
public final class ExitCode {

  /** What was asked for is there. */
  public static final int FOUND = 0;

  /** Everything could be looked at, and nothing like it is there. */
  public static final int NOTHING_FOUND = 1;

  /** The command line makes no sense; nothing was done. */
  public static final int USAGE = 2;

  /** Not permitted, or the system failed: the answer is not known. */
  public static final int FAILED = 3;

  /** For help texts. */
  public static final Map<String, String> MEANINGS = meanings();

  private static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put(Integer.toString(FOUND), "found");
    meanings.put(Integer.toString(NOTHING_FOUND), "nothing found");
    meanings.put(Integer.toString(USAGE), "the command line makes no sense; nothing was done");
    meanings.put(
        Integer.toString(FAILED), "no permission or the system failed; the answer is not known");
    return meanings;
  }

  private ExitCode() {}
}
