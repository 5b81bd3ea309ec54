package io.tcptable.restart;

import java.io.Serial;

/** A step that cannot be done. */
final class StepException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final transient Obstacle obstacle;

  StepException(Obstacle obstacle) {
    super(obstacle.message());
    this.obstacle = obstacle;
  }

  StepException(Obstacle.Kind kind, String message, String... advice) {
    this(Obstacle.of(kind, message, advice));
  }

  Obstacle obstacle() {
    return obstacle;
  }
}
