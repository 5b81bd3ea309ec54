// SPDX-License-Identifier: Apache-2.0
/**
 * One process of Linux. {@code LinuxProcesses} answers for all of them.
 *
 * <pre>
 * ProcIdentity, ProcUserIds                    which process a PID means now, and its users
 * ProcStatus, ProcJvm                          state, threads, limits, of /proc/PID
 * ProcPlacement, Cgroups, CgroupMount,
 * CgroupMemory                                 service, container, namespaces, memory
 * ProcOutput                                   where its output goes
 * ProcessTree                                  parents and children
 * ProcProfiles: UserNames, ProgramImages,
 * TrustedPrograms                              which server it is part of, of many in one look
 * BindRights, FileRights                       whether what is started may bind a port
 * ProcessHandles                               pins a process: PidfdHandle, or UnpinnedHandle
 *                                              where the kernel has no pidfd_open(2)
 * OrphanReaper                                 waits for children that nobody waits for
 * </pre>
 */
@NullMarked
package io.tcptable.internal.linux.process;

import org.jspecify.annotations.NullMarked;
