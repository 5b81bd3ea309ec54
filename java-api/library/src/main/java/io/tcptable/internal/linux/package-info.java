// SPDX-License-Identifier: Apache-2.0
/** How Linux tells its TCP sockets and who holds them. */
@NullMarked
package io.tcptable.internal.linux;

import org.jspecify.annotations.NullMarked;
