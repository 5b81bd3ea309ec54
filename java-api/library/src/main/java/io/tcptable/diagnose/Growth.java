// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import java.util.OptionalLong;

/** How much a counter of the kernel has grown between the samples. */
final class Growth {

  private Growth() {}

  /** The difference; empty if either value is unknown. */
  static OptionalLong of(OptionalLong before, OptionalLong now) {
    return before.isPresent() && now.isPresent()
        ? OptionalLong.of(now.getAsLong() - before.getAsLong())
        : OptionalLong.empty();
  }
}
