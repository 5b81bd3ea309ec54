// SPDX-License-Identifier: Apache-2.0
/**
 * Fixes a port: stops its owners, verifies that it is free, starts a new server and checks that it
 * is healthy. {@link io.tcptable.restart.PortRestart} is the way in.
 *
 * @since 0.1.0
 */
@NullMarked
package io.tcptable.restart;

import org.jspecify.annotations.NullMarked;
