// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import io.tcptable.diagnose.Finding;
import io.tcptable.diagnose.FindingCode;
import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.diagnose.Verdict;
import io.tcptable.program.command.AdviceText;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a {@link PortDiagnosis} said, as it is handed from one JVM to another.
 *
 * @param verdict in one word
 * @param headline in one sentence
 * @param findings worst first
 * @param threadDumps by PID
 */
record Diagnosed(
    Verdict verdict, String headline, List<Found> findings, Map<Long, String> threadDumps)
    implements Serializable {

  static Diagnosed of(PortDiagnosis diagnosis) {
    return new Diagnosed(
        diagnosis.verdict(),
        diagnosis.headline(),
        List.copyOf(diagnosis.findings().stream().map(Found::of).toList()),
        Map.copyOf(diagnosis.threadDumps()));
  }

  /** One {@link Finding}. */
  record Found(
      FindingCode code,
      Finding.Severity severity,
      List<Long> pids,
      String seen,
      Map<String, Object> evidence,
      String meaning,
      List<String> advice)
      implements Serializable {

    static Found of(Finding finding) {
      return new Found(
          finding.code(),
          finding.severity(),
          List.copyOf(finding.pids()),
          finding.seen(),
          Map.copyOf(finding.evidence()),
          finding.meaning(),
          List.copyOf(
              finding.advice().stream().map(AdviceText::of).map(AdviceText::text).toList()));
    }

    long figure(String name) {
      return ((Number) Objects.requireNonNull(evidence.get(name), name)).longValue();
    }
  }

  List<FindingCode> codes() {
    return findings.stream().map(Found::code).toList();
  }

  /** What is wrong, without what is merely good to know. */
  List<FindingCode> faults() {
    return findings.stream()
        .filter(found -> found.severity() != Finding.Severity.INFO)
        .map(Found::code)
        .toList();
  }

  Found finding(FindingCode code) {
    return findings.stream()
        .filter(found -> found.code() == code)
        .findFirst()
        .orElseThrow(() -> new AssertionError(code + " is not among " + findings));
  }
}
