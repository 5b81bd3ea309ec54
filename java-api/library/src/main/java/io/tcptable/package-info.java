// SPDX-License-Identifier: Apache-2.0
/**
 * Who is on this TCP port, in which state, and why does it not answer?
 *
 * <p>{@link io.tcptable.TcpTable#snapshot(int)} answers from the kernel itself.
 */
@NullMarked
package io.tcptable;

import org.jspecify.annotations.NullMarked;
