// SPDX-License-Identifier: Apache-2.0
/**
 * Text that others chose (names, command lines, paths, answers), made safe for where it goes:
 * {@link io.tcptable.program.foreign.TerminalText} for a terminal, {@link
 * io.tcptable.program.foreign.MarkdownText} for a ticket, {@link
 * io.tcptable.program.foreign.CsvText} for a spreadsheet; JSON has its own escapes. {@link
 * io.tcptable.program.foreign.Secrets} masks, {@link io.tcptable.internal.wording.Excerpt} bounds.
 */
@NullMarked
package io.tcptable.program.foreign;

import org.jspecify.annotations.NullMarked;
