// SPDX-License-Identifier: Apache-2.0
/**
 * What an eBPF program of {@code tcptable-native} tells of changes of TCP states.
 *
 * <pre>
 * StateChanges       loads the program, waits for what it tells, and counts what it could not tell
 * RingBuffer         reads the ring buffer that is shared with the kernel
 * StateChangeCodec   decodes one record
 * </pre>
 */
@NullMarked
package io.tcptable.internal.linux.bpf;

import org.jspecify.annotations.NullMarked;
