// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.Phrase;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The exit codes of the program. A command says in its help which of them it uses, and for what.
 */
public final class ExitCode {

  /** What was asked for is there, or done. */
  public static final int FOUND = 0;

  /** Everything could be looked at, and nothing like it is there. */
  public static final int NOTHING_FOUND = 1;

  /** The command line is invalid; nothing was done. */
  public static final int USAGE = 2;

  /** Not permitted, or the system failed: the answer is not known. */
  public static final int FAILED = 3;

  /** Nothing was done, for a reason that is no failure of the system. */
  public static final int REFUSED = 4;

  /** Something was done, but not all. */
  public static final int PARTLY_DONE = 5;

  /** Of the launcher {@code tcptable}: it found no Java, or one that could not start. */
  private static final int NOT_STARTED = 125;

  /** The output could not be written: what it was about may be done or not. */
  public static final int UNWRITTEN = 6;

  private ExitCode() {}

  /**
   * The code as the launcher asks for it: a JVM that cannot start ends with 1 as well, so that the
   * launcher wants another code in place of {@link #NOTHING_FOUND}.
   */
  public static int asAskedFor(int code) {
    return code == NOTHING_FOUND ? Integer.getInteger("tcptable.nothing-found", code) : code;
  }

  /**
   * The codes of a command that only looks, for its help.
   *
   * @param found what 0 means
   * @param nothingFound what 1 means
   */
  public static Map<String, String> ofLooking(String found, String nothingFound) {
    Map<String, String> meanings = new LinkedHashMap<>();
    add(meanings, FOUND, found);
    add(meanings, NOTHING_FOUND, nothingFound);
    addErrors(meanings, "the answer is not known");
    addUnwritten(meanings);
    return meanings;
  }

  /** The codes of a command that changes something, for its help. */
  public static Map<String, String> ofActing() {
    Map<String, String> meanings = new LinkedHashMap<>();
    add(meanings, FOUND, "done; with --dry-run: it can be done");
    addErrors(meanings, "nothing was done");
    add(meanings, REFUSED, "refused, with the reason; nothing was done");
    add(meanings, PARTLY_DONE, "only partly done; the report shows the current state");
    add(meanings, UNWRITTEN, "done or not: the report could not be written");
    meanings.put("130", Platforms.current().phrases().of(Phrase.HELP_INTERRUPTIONS));
    return meanings;
  }

  /** The codes of all commands together. */
  public static Map<String, String> ofAll() {
    Map<String, String> meanings = new LinkedHashMap<>();
    add(meanings, FOUND, "success");
    add(meanings, NOTHING_FOUND, "list, drop: nothing found; wait: timed out");
    addErrors(meanings, "the answer is not known, or nothing was done");
    add(
        meanings,
        REFUSED,
        "restart, free, start, guard, drop, record, report: refused; nothing was done");
    add(
        meanings,
        PARTLY_DONE,
        "restart, free, start, drop: only partly done; guard: gave up; record, report: ended early");
    addUnwritten(meanings);
    meanings.put("10-14", "diagnose: not healthy (see tcptable diagnose --help)");
    add(meanings, NOT_STARTED, "the program could not be started; nothing was done");
    return meanings;
  }

  /** Adds those that mean the same everywhere. */
  public static void addErrors(Map<String, String> meanings, String consequence) {
    add(meanings, USAGE, "invalid command line; nothing was done");
    add(meanings, FAILED, "no permission or a system error; " + consequence);
  }

  /** Adds the one for a closed or full standard output; a reader that has left is no error. */
  public static void addUnwritten(Map<String, String> meanings) {
    add(meanings, UNWRITTEN, "the output could not be written (closed, or the disk is full)");
  }

  private static void add(Map<String, String> meanings, int code, String meaning) {
    meanings.put(Integer.toString(code), meaning);
  }
}
