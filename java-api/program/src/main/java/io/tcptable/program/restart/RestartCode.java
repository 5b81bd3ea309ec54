// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.restart;

import io.tcptable.program.command.ExitCode;
import io.tcptable.program.command.SystemHelp;
import io.tcptable.restart.Outcome;
import io.tcptable.restart.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The exit codes of {@code restart}, {@code free} and {@code start}; 2 is as everywhere. */
public final class RestartCode {

  /** Nothing was done, for a reason that is no failure of the system. */
  public static final int REFUSED = 4;

  /** Something was done, but not all. */
  public static final int HALF_DONE = 5;

  private RestartCode() {}

  static int of(Outcome outcome, Optional<Refusal> obstacle) {
    return switch (outcome) {
      case DONE, SKIPPED -> ExitCode.FOUND;
      case REFUSED -> obstacle.map(RestartCode::ofRefusal).orElse(REFUSED);
      case FAILED, CANCELLED -> HALF_DONE;
    };
  }

  static int ofRefusal(Refusal obstacle) {
    return switch (obstacle.kind()) {
      case NO_PERMISSION, OWNER_UNKNOWN, SYSTEM_ERROR -> ExitCode.FAILED;
      default -> REFUSED;
    };
  }

  /** For help texts. */
  public static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put("0", "done; with --dry-run, it can be");
    meanings.put("2", String.valueOf(ExitCode.MEANINGS.get("2")));
    meanings.put("3", "no permission or the system failed; nothing was done");
    meanings.put(Integer.toString(REFUSED), "refused, and said why; nothing was done");
    meanings.put(
        Integer.toString(HALF_DONE), "not all could be done; the report says how things are now");
    meanings.put(
        "130", SystemHelp.ofThisSystem().interruptions() + "; the report says how things are");
    return meanings;
  }
}
