// SPDX-License-Identifier: Apache-2.0
/** The program: one class a command. */
@NullMarked
package io.tcptable.program;

import org.jspecify.annotations.NullMarked;
