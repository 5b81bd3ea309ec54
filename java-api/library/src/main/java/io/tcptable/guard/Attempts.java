// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

import io.tcptable.TcpTableException;
import io.tcptable.guard.GuardedPort.Attempt;
import io.tcptable.restart.Refusal;
import io.tcptable.restart.RestartReport;
import java.util.List;
import java.util.Optional;

/** What a restart came to, as a guard sees it. */
final class Attempts {

  private Attempts() {}

  static Attempt of(RestartReport report) {
    Optional<Refusal> refusal = report.refusal();
    if (refusal.isPresent()) {
      return new Attempt(kind(refusal.get()), withLastLine(refusal.get().message(), report));
    }
    String name =
        report.started().map(it -> it.command().get(0) + ", PID " + it.pid()).orElse("nothing");
    return new Attempt(Attempt.Kind.DONE, "started " + name + "; it is healthy");
  }

  static Attempt of(Refusal refusal) {
    return new Attempt(kind(refusal), refusal.message());
  }

  static Attempt failed(TcpTableException e) {
    return new Attempt(Attempt.Kind.FAILED, String.valueOf(e.getMessage()));
  }

  private static String withLastLine(String message, RestartReport report) {
    List<String> lines = report.started().map(RestartReport.Started::lastLines).orElse(List.of());
    String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    return message.contains(last) ? message : message + "; the last line of its log: " + last;
  }

  private static Attempt.Kind kind(Refusal refusal) {
    return switch (refusal.kind()) {
      case UNHEALTHY, NOT_LISTENING -> Attempt.Kind.UNHEALTHY;
      case EXITED -> Attempt.Kind.ENDED;
      case BUSY -> Attempt.Kind.BUSY;
      case PORT_TAKEN, TAKEN_BY_ANOTHER, OWNERS_CHANGED, CAME_BACK, SEVERAL_SERVERS ->
          Attempt.Kind.TAKEN;
      case SYSTEM_ERROR, NO_PERMISSION, OWNER_UNKNOWN, WOULD_NOT_END, NOT_FREE, RUNTIME_FAILED ->
          Attempt.Kind.FAILED;
      case HEALTH_UNUSABLE,
          COMMAND_UNUSABLE,
          CANNOT_BIND,
          PROTECTED,
          SUPERVISED,
          OTHER_PORTS,
          NOT_REPRODUCIBLE,
          NO_CONTAINER ->
          Attempt.Kind.REFUSED;
    };
  }
}
