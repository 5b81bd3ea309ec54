// SPDX-License-Identifier: Apache-2.0
/**
 * {@code tcptable record}: the events and samples of a time as JSON lines. {@link
 * io.tcptable.program.record.Recorder} makes the lines, and a {@link
 * io.tcptable.program.record.RecordingSink} takes them: a file, standard output, or a report. What
 * was recorded is never lost: each line is passed on at once, and an error only ends it early.
 */
@NullMarked
package io.tcptable.program.record;

import org.jspecify.annotations.NullMarked;
