// SPDX-License-Identifier: Apache-2.0
/**
 * What is told of a process and of the TCP stack at one moment. Values only: the room of the
 * operating system fills them, {@link io.tcptable.OsProcess} and {@link io.tcptable.TcpTable} hand
 * them out. What this user or this system does not tell is empty, never 0.
 *
 * <p>Those whose figures will grow are classes with a builder; the others are records.
 *
 * @since 0.1.0
 */
@NullMarked
package io.tcptable.process;

import org.jspecify.annotations.NullMarked;
