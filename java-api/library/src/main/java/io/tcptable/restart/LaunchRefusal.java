// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.Advice;
import io.tcptable.OsProcess;
import io.tcptable.internal.server.PortScope;
import io.tcptable.process.LaunchObstacle;
import io.tcptable.restart.Refusal.Kind;

/** Why a server cannot be started again the way it was, in words. */
final class LaunchRefusal {

  private LaunchRefusal() {}

  static Refusal of(PortScope scope, OsProcess process, LaunchObstacle obstacle) {
    return Refusal.of(
        Kind.NOT_REPRODUCIBLE,
        process + " cannot be started again as it was: " + why(obstacle),
        Advice.Restart.unknown(scope.port(), scope.address()));
  }

  private static String why(LaunchObstacle obstacle) {
    String detail = obstacle.detail();
    return switch (obstacle.kind()) {
      case UNREADABLE -> detail + " cannot be read";
      case ARGUMENTS_OVERWRITTEN -> "it has overwritten its command line";
      case ENVIRONMENT_OVERWRITTEN -> "it has overwritten its environment";
      case TOO_LONG -> detail + " is too long";
      case NOT_TEXT -> detail + " is not text in the encoding of this locale";
      case PROGRAM_DIFFERS ->
          "its command line names another program than the one it runs, " + detail;
      case PROGRAM_DELETED -> "its program has been deleted or replaced: " + detail;
      case DIRECTORY_DELETED -> "its working directory has been deleted or replaced: " + detail;
      case DIRECTORY_CHANGED ->
          "it has changed its working directory since it was started; " + detail + " is not there";
      case OTHER_NAMESPACE -> "it runs in another namespace (" + detail + ")";
      case OTHER_ROOT -> "it runs in another root directory";
      case FORKED -> "it was forked by a process that is not stopped or has ended, as a daemon is";
      case INTERNAL -> "its command line is internal to the library that has started it";
      case USER_CHANGED -> "it has changed its user or group since it was started";
      case CAPABILITIES -> "it runs with other capabilities than its user has";
      case DESCRIPTORS_PASSED -> "it was passed open descriptors (" + detail + ")";
      case INPUT_NEEDED -> "it may need its standard input, which is " + detail;
      case SERVICE -> "it is the service " + detail + ", which the system starts";
      case OTHER_SESSION -> "it runs in another session (" + detail + ")";
      case OTHER_USER -> "it runs as another user, " + detail;
      case OTHER_RIGHTS -> "it runs with other rights (integrity level " + detail + ")";
      case ARGUMENTS_AMBIGUOUS -> "its command line cannot be written again as it is: " + detail;
    };
  }
}
