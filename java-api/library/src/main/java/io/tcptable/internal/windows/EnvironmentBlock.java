// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The variables of a process, as Windows keeps them: {@code NAME=VALUE}, with a zero between two.
 * The name may begin with an equals sign: so do those that keep the directory of each drive.
 */
final class EnvironmentBlock {

  private EnvironmentBlock() {}

  /** What Windows programs do not work without; Java adds it too. */
  private static final String ALWAYS = "SystemRoot";

  /**
   * The variables for a new process, in the order of their names in capitals, as Windows wants
   * them; with a zero after each.
   */
  static String of(Map<String, String> variables) {
    Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(variables);
    String systemRoot = System.getenv(ALWAYS);
    if (systemRoot != null) {
      sorted.putIfAbsent(ALWAYS, systemRoot);
    }
    StringBuilder block = new StringBuilder();
    sorted.forEach((name, value) -> block.append(name).append('=').append(value).append('\0'));
    return block.isEmpty() ? "\0" : block.toString();
  }

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
