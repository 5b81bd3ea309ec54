// SPDX-License-Identifier: Apache-2.0
/** {@code tcptable diagnose}. */
@NullMarked
package io.tcptable.program.diagnose;

import org.jspecify.annotations.NullMarked;
