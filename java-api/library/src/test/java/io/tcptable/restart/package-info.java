// SPDX-License-Identifier: Apache-2.0
/** Restarts of real servers in processes of the tests' own. */
@NullMarked
package io.tcptable.restart;

import org.jspecify.annotations.NullMarked;
