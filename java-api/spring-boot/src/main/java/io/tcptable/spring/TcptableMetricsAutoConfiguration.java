// SPDX-License-Identifier: Apache-2.0
package io.tcptable.spring;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.tcptable.micrometer.TcpPortMetrics;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;

/** Meters of the watched ports, where there is Micrometer. */
@AutoConfiguration(after = TcptableAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
public class TcptableMetricsAutoConfiguration {

  /** Bound by Spring Boot to each registry. */
  @Bean
  @ConditionalOnMissingBean
  TcpPortMetrics tcptableMetrics(WatchedPorts ports) {
    return TcpPortMetrics.of(ports::now);
  }

  /** The port of the web server is known only when that has started. */
  @Bean
  ApplicationListener<ApplicationReadyEvent> tcptableMetricsRefresh(TcpPortMetrics metrics) {
    return ready -> metrics.refresh();
  }
}
