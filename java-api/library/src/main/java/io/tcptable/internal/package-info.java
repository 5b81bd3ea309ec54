// SPDX-License-Identifier: Apache-2.0
/**
 * Chooses the operating system's room: begin with {@link io.tcptable.internal.Platforms}. The rooms
 * below, from the kernel upwards:
 *
 * <pre>
 * binding           the system calls, one interface per operating system, and who provides them
 * table             sockets and owners in columns
 * platform          the contract of an operating system
 * linux, windows    what fulfils it
 * concurrent        what threads share, and how one waits for another
 * wording           quantities and durations as a person reads them
 * server            who is one server, and who supervises it
 * </pre>
 */
@NullMarked
package io.tcptable.internal;

import org.jspecify.annotations.NullMarked;
