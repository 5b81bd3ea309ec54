// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import java.io.Serial;

/** A step that cannot be done. */
final class StepException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final transient Refusal obstacle;

  StepException(Refusal obstacle) {
    super(obstacle.message());
    this.obstacle = obstacle;
  }

  StepException(Refusal.Kind kind, String message, String... advice) {
    this(Refusal.of(kind, message, advice));
  }

  Refusal obstacle() {
    return obstacle;
  }
}
