// SPDX-License-Identifier: Apache-2.0
/** What the Windows API tells: MIB_TCP*TABLE codec, process list, process handles. */
@NullMarked
package io.tcptable.internal.windows;

import org.jspecify.annotations.NullMarked;
