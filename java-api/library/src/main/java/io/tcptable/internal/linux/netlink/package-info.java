// SPDX-License-Identifier: Apache-2.0
/** Sockets by {@code sock_diag(7)}: request, dump, codec, exchange. */
@NullMarked
package io.tcptable.internal.linux.netlink;

import org.jspecify.annotations.NullMarked;
