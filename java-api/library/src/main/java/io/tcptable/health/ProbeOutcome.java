// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import io.tcptable.health.HealthResult.Outcome;

/**
 * How one attempt of a health probe ended.
 *
 * @param outcome in one word
 * @param detail in one line
 */
record ProbeOutcome(Outcome outcome, String detail) {}
