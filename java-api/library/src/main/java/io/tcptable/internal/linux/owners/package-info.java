// SPDX-License-Identifier: Apache-2.0
/** Which processes hold a socket: by an eBPF iterator, or by walking {@code /proc/PID/fd}. */
@NullMarked
package io.tcptable.internal.linux.owners;

import org.jspecify.annotations.NullMarked;
