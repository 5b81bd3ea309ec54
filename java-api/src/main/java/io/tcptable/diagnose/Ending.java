package io.tcptable.diagnose;

import io.tcptable.diagnose.HealthResult.Outcome;

/**
 * How one attempt of a health probe ended.
 *
 * @param outcome in one word
 * @param detail in one line
 */
record Ending(Outcome outcome, String detail) {}
