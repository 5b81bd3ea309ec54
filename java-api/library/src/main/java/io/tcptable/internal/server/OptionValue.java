// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import java.util.List;
import java.util.Optional;

/** The value of an option among the words of a command line. */
final class OptionValue {

  private OptionValue() {}

  /** The word after the first such option; empty if there is none. */
  static Optional<String> after(List<String> words, String option) {
    int at = words.indexOf(option);
    return at > 0 && at + 1 < words.size() ? Optional.of(words.get(at + 1)) : Optional.empty();
  }
}
