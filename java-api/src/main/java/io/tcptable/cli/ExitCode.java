package io.tcptable.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the program tells its caller when it ends; the same for every command. */
final class ExitCode {

  /** What was asked for is there. */
  static final int FOUND = 0;

  /** Everything could be looked at, and nothing like it is there. */
  static final int NOTHING_FOUND = 1;

  /** The command line makes no sense; nothing was done. */
  static final int USAGE = 2;

  /** Not permitted, or the system failed: the answer is not known. */
  static final int FAILED = 3;

  /** For help texts. */
  static final Map<String, String> MEANINGS = meanings();

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
