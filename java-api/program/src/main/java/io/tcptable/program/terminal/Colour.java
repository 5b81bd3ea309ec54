// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.terminal;

import io.tcptable.TcpState;

/** Colours of a terminal, by their codes in ECMA-48 section 8.3.117 (SGR). */
public enum Colour {
  NONE(""),
  BOLD("1"),
  DIM("2"),
  RED("31"),
  GREEN("32"),
  YELLOW("33"),
  CYAN("36");

  private final String code;

  Colour(String code) {
    this.code = code;
  }

  /** Green serves, red is the application's fault, yellow does not move on, dim is over. */
  public static Colour of(TcpState state) {
    return switch (state) {
      case LISTEN -> GREEN;
      case ESTABLISHED -> CYAN;
      case CLOSE_WAIT -> RED;
      case SYN_SENT, SYN_RECEIVED, NEW_SYN_RECEIVED, FIN_WAIT_1, CLOSING, LAST_ACK -> YELLOW;
      case FIN_WAIT_2, TIME_WAIT, CLOSED -> DIM;
      case UNKNOWN -> NONE;
    };
  }

  /** Appends the text in this colour. */
  public void append(StringBuilder line, String text) {
    if (this == NONE) {
      line.append(text);
    } else {
      line.append("\u001b[").append(code).append('m').append(text).append("\u001b[0m");
    }
  }
}
