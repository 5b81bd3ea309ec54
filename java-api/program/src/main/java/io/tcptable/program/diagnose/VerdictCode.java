// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.diagnose;

import io.tcptable.diagnose.Verdict;
import io.tcptable.program.command.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The exit codes of {@code diagnose}, one for each verdict; 2 and 3 are as everywhere. */
final class VerdictCode {

  private VerdictCode() {}

  static int of(Verdict verdict) {
    return switch (verdict) {
      case HEALTHY -> ExitCode.FOUND;
      case DEGRADED -> 10;
      case HANGING -> 11;
      case DOWN -> 12;
      case FREE -> 13;
      case UNKNOWN -> 14;
    };
  }

  /** For help texts. */
  static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    for (Verdict verdict : Verdict.values()) {
      meanings.put(Integer.toString(of(verdict)), verdict + ": " + meaning(verdict));
      if (verdict == Verdict.HEALTHY) {
        ExitCode.addErrors(meanings, "the answer is not known");
        ExitCode.addUnwritten(meanings);
      }
    }
    return meanings;
  }

  private static String meaning(Verdict verdict) {
    return switch (verdict) {
      case HEALTHY -> "it answers as expected";
      case DEGRADED -> "it answers, but wrongly or slowly, or something needs attention";
      case HANGING -> "it accepts connections, but does not answer";
      case DOWN -> "something is on the port, but it does not serve";
      case FREE -> "nothing listens on the port";
      case UNKNOWN -> "there is not enough evidence to tell";
    };
  }
}
