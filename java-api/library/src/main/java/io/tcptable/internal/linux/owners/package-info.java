// SPDX-License-Identifier: Apache-2.0
/**
 * Which processes hold a socket.
 *
 * <pre>
 * AdaptiveOwnerSource   /proc at first, eBPF once that pays
 * ProcOwnerSource       walks /proc/PID/fd by system calls, with several threads: ProcDescriptorWalk
 * NioProcOwnerSource    the same through java.nio.file, without native calls
 * BpfOwnerSource        reads an eBPF iterator: BpfDescriptorWalk, OwnerRecordCodec
 * BpfSupport            loads the eBPF program, or says why that is not possible
 * </pre>
 */
@NullMarked
package io.tcptable.internal.linux.owners;

import org.jspecify.annotations.NullMarked;
