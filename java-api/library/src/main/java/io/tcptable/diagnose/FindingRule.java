// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import java.util.List;

/**
 * One kind of finding: when it fires, and what it says. Each {@link FindingCode} has one class of
 * its name, one line in {@link FindingRules}, one test and one page in {@code docs/findings}.
 */
abstract class FindingRule {

  private final FindingCode code;
  private final String cause;

  /**
   * @param cause what is wrong, as it stands in a headline: {@code its process is stopped}; empty
   *     for what is never the cause
   */
  FindingRule(FindingCode code, String cause) {
    this.code = code;
    this.cause = cause;
  }

  final FindingCode code() {
    return code;
  }

  /**
   * Whether a server with a critical and certain finding of this kind answers nobody, so that it
   * hangs also if it was not asked.
   */
  boolean isHang() {
    return false;
  }

  /** What of this kind was seen; empty if nothing. */
  abstract List<Finding> findings(Observations observed);

  final Finding.Builder found(Severity severity, Confidence confidence) {
    return new Finding.Builder(code, severity, confidence).cause(cause);
  }
}
