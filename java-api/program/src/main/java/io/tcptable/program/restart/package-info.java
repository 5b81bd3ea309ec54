// SPDX-License-Identifier: Apache-2.0
/** {@code tcptable restart}, {@code free}, {@code start} and {@code wait}. */
@NullMarked
package io.tcptable.program.restart;

import org.jspecify.annotations.NullMarked;
