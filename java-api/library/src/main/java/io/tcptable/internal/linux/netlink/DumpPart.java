// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

/**
 * The sockets that one dump covers. Of a connection, one port is usually chosen by a kernel from
 * its {@code ip_local_port_range}, the other by a person; so one half of all connections has one
 * port above the middle of that range, whichever end is here, and the other half has none.
 */
enum DumpPart {
  WHOLE,
  ONE_HIGH_PORT,
  NONE_OR_BOTH;

  /** The middle of the default range, 32768 to 60999. */
  static final int FIRST_HIGH_PORT = 46_884;
}
