// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.guard;

import io.tcptable.guard.GuardEnd;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.Phrase;
import io.tcptable.program.command.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The exit codes of {@code guard}. */
final class GuardCode {

  private GuardCode() {}

  static int of(GuardEnd.Reason reason) {
    return switch (reason) {
      case SERVER_ENDED, STOPPED -> ExitCode.FOUND;
      case REFUSED -> ExitCode.REFUSED;
      case FAILED -> ExitCode.FAILED;
      case GAVE_UP, STOP_FAILED -> ExitCode.PARTLY_DONE;
    };
  }

  static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put("0", "the server ended with exit code 0");
    ExitCode.addErrors(meanings, "nothing was started");
    meanings.put("4", "refused, with the reason; nothing was started");
    meanings.put("5", "gave up after too many restarts; a server may still run");
    ExitCode.addUnwritten(meanings);
    meanings.put("130", Platforms.current().phrases().of(Phrase.HELP_INTERRUPTIONS));
    return meanings;
  }
}
