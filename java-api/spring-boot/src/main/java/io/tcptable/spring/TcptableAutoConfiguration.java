// SPDX-License-Identifier: Apache-2.0
package io.tcptable.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** What the other parts have in common: which ports are watched. */
@AutoConfiguration
@EnableConfigurationProperties(TcptableProperties.class)
public class TcptableAutoConfiguration {

  /** The ports that are watched. */
  @Bean
  @ConditionalOnMissingBean
  WatchedPorts tcptableWatchedPorts(TcptableProperties properties, Environment environment) {
    return new WatchedPorts(properties.ports(), environment);
  }
}
