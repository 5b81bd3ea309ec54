// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import java.util.List;

/**
 * A step that went as wanted.
 *
 * @param outcome whether there was anything to do
 * @param detail what was done or seen, in one line
 * @param next the steps that follow from it, to be done before the others
 */
record StepOk(Outcome outcome, String detail, List<Step> next) {

  StepOk {
    next = List.copyOf(next);
  }

  static StepOk done(String detail) {
    return new StepOk(Outcome.DONE, detail, List.of());
  }

  static StepOk skipped(String why) {
    return new StepOk(Outcome.SKIPPED, why, List.of());
  }

  StepOk then(List<Step> steps) {
    return new StepOk(outcome, detail, steps);
  }
}
