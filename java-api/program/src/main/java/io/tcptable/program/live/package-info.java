// SPDX-License-Identifier: Apache-2.0
/**
 * The view of {@code watch} on a terminal.
 *
 * <pre>
 * LiveWatch      the loop: draws what is told, does what the keys say
 * LiveFeed       what the watch tells, until the view takes it
 * LiveModel      what is shown, and what each key does to it
 * LiveTable      rows from look to look: new, changed, gone
 * LiveRows       makes rows of a look
 * LiveDrawing    draws a model as lines that fit
 * ScreenLine     a line as plain data
 * CommandPage    another command that runs within the view
 * LiveScreen     the terminal, by JLine
 * </pre>
 *
 * <p>All but {@code LiveScreen} know no terminal and no JLine. JLine (raw mode, the codes of each
 * terminal, drawing of differences only) is kept up, and of it one jar of 436 kB is used, with
 * {@code stty} and without native code. It is loaded when {@code watch} runs on a terminal, and
 * never else.
 */
@NullMarked
package io.tcptable.program.live;

import org.jspecify.annotations.NullMarked;
