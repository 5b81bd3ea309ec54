// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.metrics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One value.
 *
 * @param metric what it is a value of
 * @param attributes which one of several, by the names in {@link TcpMetric}; a value may hold
 *     characters that another process has chosen
 * @param value NaN if it is not known
 */
public record MetricSample(TcpMetric metric, Map<String, String> attributes, double value) {

  /** Keeps its own copy. */
  public MetricSample {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }
}
