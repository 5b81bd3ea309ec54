// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import java.util.Locale;

/**
 * Why this process may not do what the superuser may, though it runs as the superuser or has the
 * right: to run it as the superuser would not help.
 *
 * @param reason as the end of a sentence
 * @param remedy what to do, as an order without a full stop
 */
public record Restriction(String reason, String remedy) {

  /** Both, each as a sentence. */
  public String sentences() {
    return sentence(reason) + " " + sentence(remedy);
  }

  private static String sentence(String clause) {
    return clause.substring(0, 1).toUpperCase(Locale.ROOT) + clause.substring(1) + ".";
  }
}
