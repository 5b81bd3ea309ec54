// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import org.jspecify.annotations.Nullable;

/**
 * What a process does and what it uses. A number below zero is not known.
 *
 * @param state the letter of {@code proc_pid_stat(5)}
 * @param group the process group
 * @param session the session
 * @param tracer the PID of the process that traces it; 0 for none
 * @param image a number that only forks of one another share, until one of them runs a program
 * @param waitChannel the function inside the kernel that it waits in
 * @param openDescriptors how many descriptors it has open
 * @param descriptorLimit how many it may have open
 * @param residentMemory bytes of it in memory
 * @param memoryInUse bytes that its control group cannot give back
 * @param memoryLimit bytes that its control group may use; the tightest one counts
 */
public record ProcessFigures(
    char state,
    long group,
    long session,
    long tracer,
    long image,
    @Nullable String waitChannel,
    long openDescriptors,
    long descriptorLimit,
    long residentMemory,
    long memoryInUse,
    long memoryLimit) {}
