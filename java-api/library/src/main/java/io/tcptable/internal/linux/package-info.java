// SPDX-License-Identifier: Apache-2.0
/**
 * Linux: {@link io.tcptable.internal.linux.LinuxPlatform}. Begin with {@code LinuxAccess}, which
 * chooses the binding, the source of sockets and the source of owners.
 *
 * <pre>
 * LinuxPlatform, LinuxPhrases, LinuxCommands, PosixShell   what internal.platform demands
 * LockDirectory                                            where restarts lock
 * OwnFile                                                  files that only this user can replace
 * LaunchScript, LaunchChain, ExecutableFormat, ElfProgram,
 * LinuxProgramSearch                                       how to start a server as it was
 * NetworkNamespaces, NamespaceEntry, NamespaceSockets,
 * NamespaceAddresses, NamespaceFile                        sockets of other network namespaces
 * NatRules, NftRules, IptablesRules, NatTools, TrustedTool where the packet filter redirects a port
 * UdpOwners                                                who has a UDP port
 * ProcNetTcpSource, ProcNetTcpCodec                        sockets without native calls
 * LinuxStackStats                                          counters and port ranges
 * netlink    sockets by sock_diag(7)
 * owners     which processes hold a socket
 * process    one process: parent, user, status, place, output, signals
 * bpf        changes of TCP states, by an eBPF program
 * procfs     reads /proc and /sys by files, bounded
 * kernel     error numbers, and reads /proc by system calls
 * </pre>
 */
@NullMarked
package io.tcptable.internal.linux;

import org.jspecify.annotations.NullMarked;
