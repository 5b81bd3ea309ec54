// SPDX-License-Identifier: Apache-2.0
package io.tcptable.process;

import java.util.OptionalLong;

/** Figures as their sources have them: below zero if they are not known. */
final class Known {

  private Known() {}

  static OptionalLong orEmpty(long figure) {
    return figure < 0 ? OptionalLong.empty() : OptionalLong.of(figure);
  }
}
