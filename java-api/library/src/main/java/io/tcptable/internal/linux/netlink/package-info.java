// SPDX-License-Identifier: Apache-2.0
/**
 * Sockets by {@code sock_diag(7)}, from the outside in.
 *
 * <pre>
 * SockDiagSource     one question for sockets: as a whole or in two halves, again if interrupted
 * SockDestroy        drops one connection
 * DestroyedSockets   sockets as they end, told by the kernel
 * NetlinkWaker       ends a wait for what the kernel tells, from another thread
 * SockDiagDump       one dump: request, messages, end
 * SockDiagExchange   one request and its replies on a netlink socket of its own
 * SockDiagRequest    encodes requests; InetDiagBytecode filters ports in the kernel
 * SockDiagCodec      decodes one socket into SocketColumnsBuilder
 * NetlinkSocket      the socket that each of them uses
 * Netlink            headers and constants of netlink(7)
 * </pre>
 */
@NullMarked
package io.tcptable.internal.linux.netlink;

import org.jspecify.annotations.NullMarked;
