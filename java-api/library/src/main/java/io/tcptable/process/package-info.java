// SPDX-License-Identifier: Apache-2.0
/**
 * What is told of a process and of the TCP stack at one moment. Values only: the room of the
 * operating system fills them, {@link io.tcptable.OsProcess} and {@link io.tcptable.TcpTable} hand
 * them out. What this user or this system does not tell is empty, never 0.
 *
 * <pre>
 * ProcessDescription, ProcessArguments   who it is: name, program, command line
 * ProcessStatus, ProcessThread           what it and its threads did and used
 * ProcessPlacement, NetworkNamespace     where it runs: service, container, namespaces
 * ProcessOutput                          where it writes its logs
 * ProcessLaunch, LaunchObstacle          how it was started, and why that cannot be repeated
 * PortRole, PortPolicy                   what it has to do with a port; which port is for whom
 * TcpCounters                            what the kernel counts of TCP
 * </pre>
 *
 * <p>Those whose figures will grow are classes with a builder; the others are records.
 *
 * @since 0.1.0
 */
@NullMarked
package io.tcptable.process;

import org.jspecify.annotations.NullMarked;
