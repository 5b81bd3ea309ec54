// SPDX-License-Identifier: Apache-2.0
package io.tcptable.process;

import java.time.Duration;
import java.util.Optional;

/**
 * What one thread of a process did at one moment, from {@code /proc/PID/task/TID}, see {@code
 * proc_pid_task(5)}.
 *
 * @param id its thread ID; that of the first thread is the PID
 * @param name its name, at most 15 bytes
 * @param state what it does
 * @param waitChannel the function inside the kernel in which it waits; empty too if it does not
 *     wait, or this user may not know
 * @param processorTime for how long it has run on a processor since it started
 * @param processorWait for how long it could have run but waited for a processor; zero if not known
 */
public record ProcessThread(
    long id,
    String name,
    ProcessStatus.State state,
    Optional<String> waitChannel,
    Duration processorTime,
    Duration processorWait) {}
