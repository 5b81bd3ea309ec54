// SPDX-License-Identifier: Apache-2.0
/**
 * Windows: {@link io.tcptable.internal.windows.WindowsPlatform}. Begin with {@code WindowsAccess},
 * which chooses the binding. What fails is worded in {@code Win32Error}.
 *
 * <pre>
 * WindowsPlatform, WindowsPhrases, WindowsCommands,
 * PowerShell, CommandLine                              what internal.platform demands
 * ExtendedTcpTableSource, TcpTableReader,
 * TcpTableCodec, TcpRowLayout                          sockets by GetExtendedTcpTable
 * PidOwnerSource, ProcessList, ProcessListCodec,
 * ListedProcess                                        owners, by the PID in the table of sockets
 * WindowsProcesses, OpenProcesses, ProcessParameters,
 * AccountReader, WindowsProcessTree                    one process: parent, user, command line
 * ServiceNames, OwnerModuleCodec                       which service of svchost has a socket
 * WindowsHandle, DeniedHandle, ProcessWindows          pins, closes and terminates a process
 * ConsoleOwner, ConsoleInterrupt, StartedBatches       sends Ctrl-C to a console where all are to end
 * ProcessCreation, StartedProcess, EnvironmentBlock,
 * BatchFile, WideText                                  starts a server on its own console
 * WindowsStackStats, PortRanges, Netsh                 reserved ports, by netsh
 * GrowingBuffer                                        room for answers of unknown length
 * </pre>
 */
@NullMarked
package io.tcptable.internal.windows;

import org.jspecify.annotations.NullMarked;
