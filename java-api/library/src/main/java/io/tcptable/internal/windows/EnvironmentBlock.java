// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The variables of a process, as Windows keeps them: {@code NAME=VALUE}, with a zero between two.
 * The name may begin with an equals sign: so do those that keep the directory of each drive.
 */
final class EnvironmentBlock {

  private EnvironmentBlock() {}

  /** In their order; of several with one name the first, which is the one that counts. */
  static Map<String, String> variables(String block) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String text : block.split("\0", -1)) {
      int equals = text.indexOf('=', 1);
      if (equals > 0) {
        variables.putIfAbsent(text.substring(0, equals), text.substring(equals + 1));
      }
    }
    return variables;
  }
}
