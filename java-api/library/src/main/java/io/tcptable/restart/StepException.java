// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import java.io.Serial;

/** A step that cannot be done. */
final class StepException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  StepException(Refusal refusal) {
    super(refusal.message());
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}
