// SPDX-License-Identifier: Apache-2.0
/** How quantities and durations are said. */
@NullMarked
package io.tcptable.internal.wording;

import org.jspecify.annotations.NullMarked;
