// SPDX-License-Identifier: Apache-2.0
/** Restarts as several users, and among PIDs that are given away again at once. */
@NullMarked
package io.tcptable.restart;

import org.jspecify.annotations.NullMarked;
