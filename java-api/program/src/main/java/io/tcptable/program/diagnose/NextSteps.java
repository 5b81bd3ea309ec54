// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.diagnose;

import io.tcptable.diagnose.Finding;
import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.program.command.AdviceText;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a diagnosis advises, each thing once: the next step at the end, the rest where it belongs.
 */
final class NextSteps {

  /** How many pieces of advice of one finding are printed for people. */
  static final int MOST = 20;

  private final Optional<AdviceText> next;
  private final Set<AdviceText> given = new HashSet<>();

  NextSteps(PortDiagnosis diagnosis) {
    next =
        diagnosis.findings().stream()
            .filter(Finding::isFault)
            .flatMap(finding -> finding.advice().stream())
            .map(AdviceText::of)
            .filter(AdviceText::isCommand)
            .findFirst();
    next.ifPresent(given::add);
  }

  /** The first command that one of the faults calls for. */
  Optional<String> next() {
    return next.map(AdviceText::text);
  }

  /** The advice of a finding that has not been given yet. */
  List<AdviceText> of(Finding finding) {
    return finding.advice().stream().map(AdviceText::of).filter(given::add).toList();
  }
}
