// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.util.List;
import java.util.Optional;

/**
 * One question about one farm, put to several.
 *
 * @param competitors the best of ours first
 */
record Comparison(Size size, Question question, List<Competitor> competitors) {

  /** How C is compared, said with each comparison. */
  static final String LIKE_WITH_LIKE =
      "C is compared with tcptable's figure by the same owner source";

  List<Case> cases() {
    return competitors.stream().map(this::caseOf).toList();
  }

  Case caseOf(Competitor competitor) {
    return Case.of(competitor, question, size);
  }

  /** The one of ours to compare with: for C, the one that does the same; else the best. */
  Competitor oursFor(Competitor competitor) {
    return competitors.stream()
        .filter(competitor::isBaselineOf)
        .findFirst()
        .orElse(competitors.getFirst());
  }

  /** Our program, as it is started by its users. */
  Optional<Competitor> program() {
    return competitors.stream().filter(c -> c.isTool(Tool.TCPTABLE)).findFirst();
  }
}
