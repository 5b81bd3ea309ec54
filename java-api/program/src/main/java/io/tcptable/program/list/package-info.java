// SPDX-License-Identifier: Apache-2.0
/** {@code tcptable list}. */
@NullMarked
package io.tcptable.program.list;

import org.jspecify.annotations.NullMarked;
