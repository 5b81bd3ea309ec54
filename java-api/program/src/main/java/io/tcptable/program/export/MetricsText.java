// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.export;

import io.tcptable.internal.metrics.MetricSample;
import io.tcptable.internal.metrics.MetricsReading;
import io.tcptable.internal.metrics.TcpMetric;
import io.tcptable.internal.metrics.TcpMetric.Kind;
import io.tcptable.program.foreign.TerminalText;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A reading as text: in the format of <a
 * href="https://prometheus.io/docs/specs/om/open_metrics_spec/">OpenMetrics 1.0</a>, or in the
 * older one of Prometheus, version 0.0.4. The names are those that Micrometer makes for Prometheus.
 */
enum MetricsText {
  OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8"),
  PROMETHEUS("text/plain; version=0.0.4; charset=utf-8");

  private static final String COUNTER_SUFFIX = "_total";

  private final String contentType;

  MetricsText(String contentType) {
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }

  /** The format that a client understands, by its header {@code Accept}. */
  static MetricsText accepted(@Nullable String accept) {
    return accept != null && accept.contains("application/openmetrics-text")
        ? OPEN_METRICS
        : PROMETHEUS;
  }

  String of(MetricsReading reading) {
    StringBuilder text = new StringBuilder();
    TcpMetric last = null;
    for (MetricSample sample : reading.samples()) {
      TcpMetric metric = sample.metric();
      if (metric != last) {
        describe(metric, text);
        last = metric;
      }
      text.append(family(metric))
          .append(metric.kind() == Kind.COUNTER ? COUNTER_SUFFIX : "")
          .append(labels(sample.attributes()))
          .append(' ')
          .append(number(sample.value()))
          .append('\n');
    }
    return text.append(this == OPEN_METRICS ? "# EOF\n" : "").toString();
  }

  private void describe(TcpMetric metric, StringBuilder text) {
    String name =
        family(metric)
            + (metric.kind() == Kind.COUNTER && this == PROMETHEUS ? COUNTER_SUFFIX : "");
    text.append("# HELP ").append(name).append(' ').append(metric.description()).append('\n');
    text.append("# TYPE ")
        .append(name)
        .append(metric.kind() == Kind.COUNTER ? " counter\n" : " gauge\n");
    if (this == OPEN_METRICS && !metric.unit().isEmpty()) {
      text.append("# UNIT ").append(name).append(' ').append(metric.unit()).append('\n');
    }
  }

  private static String family(TcpMetric metric) {
    return underscored(metric.dotted()) + (metric.unit().isEmpty() ? "" : "_" + metric.unit());
  }

  private static String labels(Map<String, String> attributes) {
    return attributes.isEmpty()
        ? ""
        : attributes.entrySet().stream()
            .map(it -> underscored(it.getKey()) + "=\"" + escaped(it.getValue()) + "\"")
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static String underscored(String dotted) {
    return dotted.replace('.', '_');
  }

  /** No character of others reaches a terminal that this page is printed on. */
  private static String escaped(String value) {
    return TerminalText.of(value).replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
