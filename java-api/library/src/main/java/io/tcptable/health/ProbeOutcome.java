// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import io.tcptable.health.HealthResult.Mismatch;
import io.tcptable.health.HealthResult.Outcome;
import java.util.Optional;

/**
 * How one attempt of a health probe ended.
 *
 * @param outcome in one word
 * @param detail in one line, cut where what the server sent makes it long
 * @param mismatch what about the URL the server cannot meet, if that is known
 */
record ProbeOutcome(Outcome outcome, String detail, Optional<Mismatch> mismatch) {

  private static final int LONGEST_DETAIL = 1000;

  ProbeOutcome {
    detail = detail.length() <= LONGEST_DETAIL ? detail : start(detail, LONGEST_DETAIL) + "...";
  }

  /** One that says nothing of the URL. */
  ProbeOutcome(Outcome outcome, String detail) {
    this(outcome, detail, Optional.empty());
  }

  /** The first characters of a text, without half a character at the end. */
  static String start(String text, int length) {
    int end = Math.min(length, text.length());
    boolean isHalf =
        end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, isHalf ? end - 1 : end);
  }
}
