// SPDX-License-Identifier: Apache-2.0
/**
 * {@code tcptable watch}.
 *
 * <pre>
 * WatchCommand   the arguments
 * EventPrinter   one line an event, as text or JSON
 * EventText      an event in words
 * </pre>
 */
@NullMarked
package io.tcptable.program.watch;

import org.jspecify.annotations.NullMarked;
