// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.restart;

import io.tcptable.program.command.ExitCode;
import io.tcptable.restart.Outcome;
import io.tcptable.restart.Refusal;
import java.util.Optional;

/** The exit codes of {@code restart}, {@code free} and {@code start}. */
final class RestartCode {

  private RestartCode() {}

  static int of(Outcome outcome, Optional<Refusal> obstacle) {
    return switch (outcome) {
      case DONE, SKIPPED -> ExitCode.FOUND;
      case REFUSED -> obstacle.map(RestartCode::ofRefusal).orElse(ExitCode.REFUSED);
      case FAILED, CANCELLED -> ExitCode.PARTLY_DONE;
    };
  }

  static int ofRefusal(Refusal obstacle) {
    return switch (obstacle.kind()) {
      case NO_PERMISSION, CANNOT_BIND, OWNER_UNKNOWN, SYSTEM_ERROR -> ExitCode.FAILED;
      default -> ExitCode.REFUSED;
    };
  }
}
