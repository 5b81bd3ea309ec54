// SPDX-License-Identifier: Apache-2.0
package io.tcptable.spring;

import io.tcptable.TcpQuery;
import io.tcptable.TcpTable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * The actuator's endpoint {@code tcptable}: sockets and their owners, in the schema {@code
 * tcptable.list/1}. Spring Boot does not expose it on the web unless {@code
 * management.endpoints.web.exposure.include} names it.
 */
@Endpoint(id = "tcptable")
public class TcptableEndpoint {

  private final WatchedPorts ports;

  TcptableEndpoint(WatchedPorts ports) {
    this.ports = ports;
  }

  /**
   * The sockets of the watched ports.
   *
   * @return one JSON object
   */
  @ReadOperation(produces = "application/json")
  public String sockets() {
    int[] watched = ports.now();
    if (watched.length == 0) {
      throw new InvalidEndpointRequestException(
          "No port is watched yet", "set tcptable.ports, or wait until the web server has started");
    }
    return TcpTable.snapshot(TcpQuery.all().localPorts(watched)).toJson();
  }

  /**
   * The sockets of one port.
   *
   * @param port 1 to 65535
   * @return one JSON object
   */
  @ReadOperation(produces = "application/json")
  public String socketsOf(@Selector int port) {
    try {
      return TcpTable.snapshot(port).toJson();
    } catch (IllegalArgumentException e) {
      throw new InvalidEndpointRequestException(String.valueOf(e.getMessage()), "out of range", e);
    }
  }
}
