// SPDX-License-Identifier: Apache-2.0
/**
 * Sockets and owners in columns of primitives: what each operating system delivers and each table
 * is made of.
 *
 * <pre>
 * SocketFilter           which sockets are wanted; RowConditions: by address, interface, owner
 * SocketSource           reads sockets into a SocketColumnsBuilder, which freezes into SocketColumns
 * OwnerSource            reports owners to an OwnerSearch, which freezes into OwnerColumns
 * Transfer               further figures of tcp_info, on demand
 * TableComparison        finds the sockets of one table again in a later one
 * ProcessIdentity        a process: PID and start time
 * StateNumber            the numbers of TCP states
 * PackedColumn, PackedFlags, AddressColumns,
 * PairInterner, SharedOwners, RowList, Hash         how columns stay small
 * </pre>
 */
@NullMarked
package io.tcptable.internal.table;

import org.jspecify.annotations.NullMarked;
