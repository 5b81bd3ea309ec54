// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

/**
 * The small facts of one socket in three bytes: state, pending timer, retransmits, IPv6 only, and a
 * peer that has sent nothing.
 */
final class PackedFlags {

  private static final int V6_ONLY = 1 << 20;
  private static final int PEER_SILENT = 1 << 21;

  private PackedFlags() {}

  static int of(int state) {
    return state & 0xff;
  }

  static int withTimer(int flags, int timer, int retransmits) {
    return flags | ((timer & 0xf) << 8) | ((retransmits & 0xff) << 12);
  }

  static int withV6Only(int flags, boolean v6Only) {
    return v6Only ? flags | V6_ONLY : flags;
  }

  static boolean isV6Only(int flags) {
    return (flags & V6_ONLY) != 0;
  }

  static int withPeerSilent(int flags) {
    return flags | PEER_SILENT;
  }

  static boolean isPeerSilent(int flags) {
    return (flags & PEER_SILENT) != 0;
  }

  static int state(int flags) {
    return flags & 0xff;
  }

  static int timer(int flags) {
    return (flags >>> 8) & 0xf;
  }

  static int retransmits(int flags) {
    return (flags >>> 12) & 0xff;
  }
}
