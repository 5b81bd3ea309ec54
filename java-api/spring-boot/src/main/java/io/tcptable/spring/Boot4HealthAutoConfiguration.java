// SPDX-License-Identifier: Apache-2.0
package io.tcptable.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health indicator {@code tcptable} in the packages of Spring Boot 4. */
@AutoConfiguration(after = TcptableAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("tcptable")
public class Boot4HealthAutoConfiguration {

  /** The health of the watched ports. */
  @Bean
  @ConditionalOnMissingBean(name = "tcptableHealthIndicator")
  HealthIndicator tcptableHealthIndicator(WatchedPorts ports) {
    return () -> {
      PortHealth health = PortHealth.of(ports);
      return Health.status(health.status()).withDetails(health.details()).build();
    };
  }
}
