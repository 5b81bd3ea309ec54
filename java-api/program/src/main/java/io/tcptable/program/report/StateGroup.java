// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import java.util.Optional;

/** States of connections that are drawn as one, from the bottom of the picture to its top. */
enum StateGroup {
  ESTABLISHED("ESTABLISHED", "established"),
  CLOSE_WAIT("CLOSE_WAIT", "close-wait"),
  SYN("SYN_SENT, SYN_RECEIVED", "syn"),
  FIN_WAIT("FIN_WAIT_1, FIN_WAIT_2", "fin-wait"),
  TIME_WAIT("TIME_WAIT", "time-wait"),
  OTHER("others", "other");

  private final String states;
  private final String style;

  StateGroup(String states, String style) {
    this.states = states;
    this.style = style;
  }

  /** The group of a state; empty for listeners, which are no connections. */
  static Optional<StateGroup> of(String state) {
    return switch (state) {
      case "LISTEN" -> Optional.empty();
      case "ESTABLISHED" -> Optional.of(ESTABLISHED);
      case "CLOSE_WAIT" -> Optional.of(CLOSE_WAIT);
      case "SYN_SENT", "SYN_RECEIVED", "NEW_SYN_RECEIVED" -> Optional.of(SYN);
      case "FIN_WAIT_1", "FIN_WAIT_2" -> Optional.of(FIN_WAIT);
      case "TIME_WAIT" -> Optional.of(TIME_WAIT);
      default -> Optional.of(OTHER);
    };
  }

  /** The states, for the legend. */
  String states() {
    return states;
  }

  /** Its class in the style sheet. */
  String style() {
    return style;
  }
}
