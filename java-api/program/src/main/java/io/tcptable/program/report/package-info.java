// SPDX-License-Identifier: Apache-2.0
/**
 * {@code tcptable report}: one HTML page of a recording.
 *
 * <pre>
 * RecordingReader             lines of files
 * RecordedPort, Timeline, ... what they tell, in bounded memory
 * ReportPage, ...Section      the page
 * Html                        markup: the only way into the page, which masks and escapes
 * StepChart                   pictures
 * </pre>
 *
 * <p>Written in plain Java: a library for templates would bring hundreds of classes, and most of
 * them do not escape unless they are told to.
 */
@NullMarked
package io.tcptable.program.report;

import org.jspecify.annotations.NullMarked;
