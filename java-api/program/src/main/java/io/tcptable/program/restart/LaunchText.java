// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.restart;

import io.tcptable.restart.PlannedLaunch;
import io.tcptable.restart.PlannedLaunch.Difference;
import io.tcptable.restart.PlannedLaunch.Difference.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a server is going to run that is started again as it was; variables by name only. */
final class LaunchText {

  private LaunchText() {}

  /** What the caller has otherwise: names of at most nine letters, and values. */
  static Map<String, String> lines(PlannedLaunch launch) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (Kind kind : Kind.values()) {
      List<String> texts =
          launch.differences().stream()
              .filter(difference -> difference.kind() == kind)
              .map(Difference::text)
              .toList();
      if (!texts.isEmpty()) {
        lines.put(name(kind), String.join(", ", texts));
      }
    }
    return lines;
  }

  private static String name(Kind kind) {
    return switch (kind) {
      case USER -> "user";
      case GROUPS -> "group IDs";
      case VARIABLE_ADDED -> "variables";
      case VARIABLE_CHANGED -> "changed";
      case VARIABLE_ABSENT -> "left out";
      case UMASK -> "umask";
      case LIMIT -> "limits";
      case NICE -> "nice";
      case NO_NEW_PRIVILEGES -> "rights";
    };
  }
}
