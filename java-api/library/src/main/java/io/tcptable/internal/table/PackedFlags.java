// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

/** The small facts of one socket in three bytes: state, pending timer, retransmits, IPv6 only. */
final class PackedFlags {

  private static final int V6_ONLY = 1 << 20;

  private PackedFlags() {}

  static int of(int state) {
    return state & 0xff;
  }

  static int withTimer(int shape, int timer, int retransmits) {
    return shape | ((timer & 0xf) << 8) | ((retransmits & 0xff) << 12);
  }

  static int withV6Only(int shape, boolean v6Only) {
    return v6Only ? shape | V6_ONLY : shape;
  }

  static boolean isV6Only(int shape) {
    return (shape & V6_ONLY) != 0;
  }

  static int state(int shape) {
    return shape & 0xff;
  }

  static int timer(int shape) {
    return (shape >>> 8) & 0xf;
  }

  static int retransmits(int shape) {
    return (shape >>> 12) & 0xff;
  }
}
