// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that was measured.
 *
 * @param costs of whole processes that were asked for one port among few sockets, by who they are
 * @param peaks the same for all sockets of the largest farm
 * @param kept bytes that an answer keeps a socket, by whose it is
 */
record Measurements(
    Results results,
    Map<Tool, ProcessCost> costs,
    Map<Tool, ProcessCost> peaks,
    Map<String, Double> kept) {

  static Measurements none() {
    return new Measurements(
        new Results(), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
  }
}
