// SPDX-License-Identifier: Apache-2.0
package io.tcptable.spring;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * What is configured.
 *
 * @param ports the local ports that are watched, each 1 to 65535; none for that of the web server
 */
@ConfigurationProperties("tcptable")
public record TcptableProperties(@DefaultValue List<Integer> ports) {

  private static final int HIGHEST_PORT = 65_535;

  /**
   * Keeps its own copy.
   *
   * @throws InvalidConfigurationPropertyValueException if a port is out of range; it names the
   *     property
   */
  public TcptableProperties {
    ports = List.copyOf(ports);
    for (int i = 0; i < ports.size(); i++) {
      int port = ports.get(i);
      if (port < 1 || port > HIGHEST_PORT) {
        throw new InvalidConfigurationPropertyValueException(
            "tcptable.ports[" + i + "]",
            port,
            "A port is a number from 1 to " + HIGHEST_PORT + ".");
      }
    }
  }
}
