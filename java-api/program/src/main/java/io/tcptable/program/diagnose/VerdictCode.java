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
        add(meanings, ExitCode.USAGE);
        add(meanings, ExitCode.FAILED);
      }
    }
    return meanings;
  }

  private static void add(Map<String, String> meanings, int code) {
    String key = Integer.toString(code);
    meanings.put(key, String.valueOf(ExitCode.MEANINGS.get(key)));
  }

  private static String meaning(Verdict verdict) {
    return switch (verdict) {
      case HEALTHY -> "it answers as expected, and nothing is wrong";
      case DEGRADED -> "it answers, but wrongly, too late, or something needs to be put right";
      case HANGING -> "it takes connections, but does not answer";
      case DOWN -> "nobody serves it, though something is there";
      case FREE -> "nobody is there";
      case UNKNOWN -> "what was seen is not enough to tell";
    };
  }
}
