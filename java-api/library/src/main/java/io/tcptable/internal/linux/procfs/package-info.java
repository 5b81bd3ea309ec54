// SPDX-License-Identifier: Apache-2.0
/**
 * The one reader of {@code /proc} and of the control groups below {@code /sys}. Other users and
 * other processes choose much of what is read there, so every read has a size and, where the kernel
 * may let it wait, a deadline; a line ends at {@code \n} only; what cannot be told is unknown.
 *
 * <pre>
 * ProcFile, ProcText             a file up to a size; its lines and figures
 * ProcDirectory, ProcLink        the entries of a directory; a link
 * ProcSelf                       this process
 * TimeLimiter                    a read that may wait without end, with a deadline
 * </pre>
 */
@NullMarked
package io.tcptable.internal.linux.procfs;

import org.jspecify.annotations.NullMarked;
