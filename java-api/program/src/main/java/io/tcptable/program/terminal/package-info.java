// SPDX-License-Identifier: Apache-2.0
/** Text on a terminal: colours, widths, tables, hostile characters. */
@NullMarked
package io.tcptable.program.terminal;

import org.jspecify.annotations.NullMarked;
