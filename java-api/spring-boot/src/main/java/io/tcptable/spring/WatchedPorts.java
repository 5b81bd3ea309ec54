// SPDX-License-Identifier: Apache-2.0
package io.tcptable.spring;

import io.tcptable.internal.metrics.MetricsReading;
import io.tcptable.internal.metrics.MetricsSource;
import java.util.List;
import org.springframework.core.env.Environment;

/**
 * The ports that are configured, or else that of the web server, as soon as it is known. Safe for
 * use by many threads.
 */
public final class WatchedPorts {

  /** Set by Spring Boot when the server has bound its port. */
  private static final String OF_WEB_SERVER = "local.server.port";

  private final List<Integer> configured;
  private final Environment environment;
  private final MetricsSource source = MetricsSource.ofPorts(this::now);

  WatchedPorts(List<Integer> configured, Environment environment) {
    this.configured = List.copyOf(configured);
    this.environment = environment;
  }

  /** In ascending order; none if the web server has none yet. */
  int[] now() {
    if (!configured.isEmpty()) {
      return configured.stream().mapToInt(Integer::intValue).sorted().distinct().toArray();
    }
    Integer port = environment.getProperty(OF_WEB_SERVER, Integer.class);
    return port == null || port < 1 ? new int[0] : new int[] {port};
  }

  MetricsReading read() {
    return source.read();
  }
}
