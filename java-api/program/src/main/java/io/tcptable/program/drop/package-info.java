// SPDX-License-Identifier: Apache-2.0
/** {@code tcptable drop}: the connections, the question, the result. */
@NullMarked
package io.tcptable.program.drop;

import org.jspecify.annotations.NullMarked;
