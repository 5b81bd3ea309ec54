// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps a server running on a port: starts it, watches it, saves the evidence when it hangs, and
 * restarts it. {@link io.tcptable.guard.PortGuard} is the way in.
 *
 * @since 0.1.0
 */
@NullMarked
package io.tcptable.guard;

import org.jspecify.annotations.NullMarked;
