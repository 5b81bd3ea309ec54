// SPDX-License-Identifier: Apache-2.0
/** Guards of made-up ports, and of real servers in processes of the tests' own. */
@NullMarked
package io.tcptable.guard;

import org.jspecify.annotations.NullMarked;
