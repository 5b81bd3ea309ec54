// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import java.util.OptionalLong;

/** How much of something is used, and how much there may be. */
final class ResourceLimit {

  private static final int NEARLY_OUT_PERCENT = 90;

  private ResourceLimit() {}

  /** Whether nearly all of it is used; not if either is unknown. */
  static boolean isNear(OptionalLong used, OptionalLong limit) {
    return used.isPresent()
        && limit.isPresent()
        && used.getAsLong() >= limit.getAsLong() / 100.0 * NEARLY_OUT_PERCENT;
  }
}
