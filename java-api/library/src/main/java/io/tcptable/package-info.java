// SPDX-License-Identifier: Apache-2.0
/**
 * Who is on this TCP port, in which state, and why does it not answer?
 *
 * <p>{@link io.tcptable.TcpTable#snapshot(int)} reads the sockets of a port and their owners from
 * the kernel. {@link io.tcptable.TcpQuery} selects more precisely, {@link io.tcptable.TcpSocket}
 * and {@link io.tcptable.OsProcess} are what a table holds, and {@link io.tcptable.PinnedProcess}
 * signals one process and never another with its PID. What fails is a {@link
 * io.tcptable.TcpTableException} with a kind. No method takes null: a {@link NullPointerException}
 * names the argument.
 *
 * <p>{@code io.tcptable.diagnose} says why a port does not answer, {@code io.tcptable.restart}
 * replaces its server.
 *
 * @since 0.1.0
 */
@NullMarked
package io.tcptable;

import org.jspecify.annotations.NullMarked;
