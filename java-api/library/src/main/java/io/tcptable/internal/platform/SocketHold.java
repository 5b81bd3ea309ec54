// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

/**
 * How a process holds a socket without a descriptor of it.
 *
 * @param pid the process
 * @param how what it does with it: a clause without its subject
 * @param isCertain whether it is this very socket; else it may be another one
 */
public record SocketHold(int pid, String how, boolean isCertain) {}
