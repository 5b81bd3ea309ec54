// SPDX-License-Identifier: Apache-2.0
/** {@code tcptable drop}. */
@NullMarked
package io.tcptable.program.drop;

import org.jspecify.annotations.NullMarked;
