// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import io.tcptable.TcpQuery;
import io.tcptable.TcpState;
import java.io.Serializable;
import java.net.StandardProtocolFamily;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link TcpQuery} that can be sent to another JVM, and what its answer must be. */
record SocketQuestion(
    List<Integer> localPorts,
    int remotePort,
    List<TcpState> states,
    @Nullable StandardProtocolFamily family,
    boolean detail)
    implements Serializable {

  static SocketQuestion everything() {
    return new SocketQuestion(List.of(), 0, List.of(), null, false);
  }

  SocketQuestion localPorts(List<Integer> ports) {
    return new SocketQuestion(ports, remotePort, states, family, detail);
  }

  SocketQuestion remotePort(int port) {
    return new SocketQuestion(localPorts, port, states, family, detail);
  }

  SocketQuestion states(TcpState... wanted) {
    return new SocketQuestion(localPorts, remotePort, List.of(wanted), family, detail);
  }

  SocketQuestion family(StandardProtocolFamily wanted) {
    return new SocketQuestion(localPorts, remotePort, states, wanted, detail);
  }

  SocketQuestion withDetail() {
    return new SocketQuestion(localPorts, remotePort, states, family, true);
  }

  TcpQuery query() {
    TcpQuery query = TcpQuery.all().states(states.toArray(TcpState[]::new));
    query = query.localPorts(localPorts.stream().mapToInt(Integer::intValue).toArray());
    query = remotePort == 0 ? query : query.remotePort(remotePort);
    query = family == null ? query : query.family(family);
    return detail ? query.withDetail() : query;
  }

  /** The same question, asked of a row of the whole table. */
  boolean matches(Row row) {
    return (localPorts.isEmpty() || localPorts.contains(row.localPort()))
        && (remotePort == 0 || remotePort == row.remotePort())
        && (states.isEmpty() || states.contains(row.state()))
        && (family == null || row.isV6() == (family == StandardProtocolFamily.INET6));
  }
}
