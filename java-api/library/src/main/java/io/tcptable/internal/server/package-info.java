// SPDX-License-Identifier: Apache-2.0
/**
 * Who is one server, who supervises it, and who must never be stopped. It answers in facts; {@code
 * diagnose} and {@code restart} word them.
 *
 * <pre>
 * PortScope, PortSocket           a port or one address of it, and its sockets
 * ServerProcess, Viewpoint        a process, and whose word is taken: LiveProcess asks it now
 * PortRoles                       what each process with a socket has to do with the port
 * ServerGroups, ListenerTree      which listeners are one server: PortSharing, Descent
 * ServerParent, ServerWorkers     who else is part of it: ProcessFamily, RememberedProcesses
 * ServerProgram, ServerLaunch     what it runs, and by which command: ClaimedProgram
 * MissingBindRight, BindAddress   whether a new server may bind an address
 * ServerProtocol                  which protocol its program speaks
 * Supervisor, SupervisorSearch    who would start it again: AncestorSupervisors, ContainerdShim,
 *                                 Pm2Daemon, PortForwarder; SupervisorCommand: how
 * ForwardTarget, ForwardPlace     where a forwarder leads to: Conmon, SshForward, PastaArguments
 * RuntimeContainer                the container behind a port; ContainerCalled: its name
 * ServedPorts, OtherPorts         which other ports a server has
 * ProtectedProcesses              who is never stopped
 * PortLock, LockHolder            one restart of a port at a time
 * </pre>
 */
@NullMarked
package io.tcptable.internal.server;

import org.jspecify.annotations.NullMarked;
