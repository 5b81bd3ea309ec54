// SPDX-License-Identifier: Apache-2.0
/**
 * What the other rooms of Linux need of the kernel.
 *
 * <pre>
 * Errno       error numbers: name, kind of failure, what to do
 * ProcCalls   opens and reads below /proc by system calls
 * ProcStat    decodes /proc/PID/stat
 * PollSet     waits until a descriptor can be read
 * OwnRights   what this process may do, and what limits it
 * SafePath    follows a path only where others cannot replace a part of it
 * BootTime    turns ticks since boot into a time
 * </pre>
 */
@NullMarked
package io.tcptable.internal.linux.kernel;

import org.jspecify.annotations.NullMarked;
