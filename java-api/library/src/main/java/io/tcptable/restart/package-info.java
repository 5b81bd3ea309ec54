// SPDX-License-Identifier: Apache-2.0
/**
 * Puts a port right: stops who is on it, proves it free, starts afresh and proves the new server
 * healthy. {@link io.tcptable.restart.PortRestart} is the way in.
 */
@NullMarked
package io.tcptable.restart;

import org.jspecify.annotations.NullMarked;
