// SPDX-License-Identifier: Apache-2.0
/** How durations and quantities are worded: {@code 4.2s}, {@code 3 processes}. */
@NullMarked
package io.tcptable.internal.wording;

import org.jspecify.annotations.NullMarked;
