// SPDX-License-Identifier: Apache-2.0
/**
 * Text on a terminal: {@link io.tcptable.program.terminal.Terminal} with its width and colours, and
 * tables and lines that fit it. {@link io.tcptable.program.foreign.TerminalText} makes foreign text
 * safe to print.
 */
@NullMarked
package io.tcptable.program.terminal;

import org.jspecify.annotations.NullMarked;
