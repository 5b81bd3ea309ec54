// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import java.time.Duration;
import java.util.Optional;

/**
 * How one step went.
 *
 * @param duration how long it took
 * @param detail what was done or seen, in one line
 * @param refusal why it could not be done; empty if it was, and if it was cancelled
 */
public record StepResult(
    StepName step, Outcome outcome, Duration duration, String detail, Optional<Refusal> refusal) {}
