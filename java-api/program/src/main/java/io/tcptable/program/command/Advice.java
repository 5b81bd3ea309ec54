// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import io.tcptable.diagnose.Finding;
import io.tcptable.diagnose.PortDiagnosis;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a diagnosis advises, each thing once: the next step at the end, the rest where it belongs.
 */
public final class Advice {

  private final Optional<String> next;
  private final Set<String> given = new HashSet<>();

  public Advice(PortDiagnosis diagnosis) {
    next =
        diagnosis.findings().stream()
            .filter(Finding::isFault)
            .flatMap(finding -> finding.advice().stream())
            .filter(Advice::isCommand)
            .findFirst();
    next.ifPresent(given::add);
  }

  /** The first command that one of the faults calls for. */
  public Optional<String> next() {
    return next;
  }

  /** What of the advice of a finding has not been said yet. */
  public List<String> of(Finding finding) {
    return finding.advice().stream().filter(given::add).toList();
  }

  /** Whether it is a command, and not a sentence. */
  public static boolean isCommand(String advice) {
    return !advice.endsWith(".");
  }
}
