// SPDX-License-Identifier: Apache-2.0
/**
 * {@code tcptable restart}, {@code free} and {@code start}, which share {@code PlannedCommand}
 * (plan, question, run, report), and {@code wait}.
 */
@NullMarked
package io.tcptable.program.restart;

import org.jspecify.annotations.NullMarked;
