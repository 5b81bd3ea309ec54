// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps a server running on a port: starts it, watches it, saves the evidence when it hangs, and
 * restarts it. {@link io.tcptable.guard.PortGuard} is the way in.
 *
 * <pre>
 * PortGuard        the request, and the thread that guards
 * GuardLoop        decides, look by look: knows a GuardedPort, and no port of this machine
 * RestartBudget    how many restarts there may be, and how long to wait before the next one
 * GuardDiary       makes the events
 * Pulse            whether the guard goes on
 * LivePort         the GuardedPort of this machine: looks, starts, restarts, stops
 * ServerListeners  whose the listeners are: of the server, or of others
 * OwnServer        the processes of the server
 * Evidence         what is saved before a restart, in EvidenceFolders
 * SocketHistory    the events of the sockets in the last minutes, for the evidence
 * </pre>
 *
 * @since 0.1.0
 */
@NullMarked
package io.tcptable.guard;

import org.jspecify.annotations.NullMarked;
