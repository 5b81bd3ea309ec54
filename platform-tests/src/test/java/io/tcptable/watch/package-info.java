// SPDX-License-Identifier: Apache-2.0
/** Events of real connections. */
@NullMarked
package io.tcptable.watch;

import org.jspecify.annotations.NullMarked;
