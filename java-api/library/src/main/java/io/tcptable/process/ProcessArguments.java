// SPDX-License-Identifier: Apache-2.0
package io.tcptable.process;

import java.util.List;

/**
 * The program and its arguments, as the process itself has them: it may have overwritten them.
 *
 * @param words the first of them, at most 4,096 and 64 KiB together
 * @param omitted how many follow that are left out; of a process whose arguments are longer than 4
 *     MiB, at least so many
 */
public record ProcessArguments(List<String> words, int omitted) {

  /** Keeps its own copy. */
  public ProcessArguments {
    words = List.copyOf(words);
  }
}
