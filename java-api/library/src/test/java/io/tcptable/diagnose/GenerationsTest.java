// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.OsProcess;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Three looks, each with one of two processes that are there, or with nobody. */
class GenerationsTest {

  private static final OsProcess SELF = OsProcess.of(ProcessHandle.current().pid()).orElseThrow();
  private static final OsProcess OTHER =
      OsProcess.all().stream().filter(it -> !it.equals(SELF)).findFirst().orElseThrow();

  private static final Set<OsProcess> NOBODY = Set.of();
  private static final Set<OsProcess> A = Set.of(SELF);
  private static final Set<OsProcess> B = Set.of(OTHER);

  @Test
  void threeGenerationsAreALoop() {
    for (List<Set<OsProcess>> looks :
        List.of(List.of(A, B, A), List.of(A, B, NOBODY), List.of(NOBODY, A, B))) {
      Generations seen = Generations.of(looks.get(0), looks.get(1), looks.get(2));
      assertThat(seen.isAgain()).as("%s", looks).isTrue();
    }
    assertThat(Generations.of(NOBODY, A, B).names())
        .isEqualTo("nobody, then " + SELF + ", then " + OTHER);
  }

  @Test
  void oneStartIsNone() {
    for (List<Set<OsProcess>> looks :
        List.of(
            List.of(A, B, B),
            List.of(A, NOBODY, B),
            List.of(NOBODY, A, A),
            List.of(NOBODY, A, NOBODY))) {
      Generations seen = Generations.of(looks.get(0), looks.get(1), looks.get(2));
      assertThat(seen.isAgain()).as("%s", looks).isFalse();
    }
    assertThat(Generations.of(NOBODY, A, A).names()).isEqualTo("nobody, then " + SELF);
  }
}
