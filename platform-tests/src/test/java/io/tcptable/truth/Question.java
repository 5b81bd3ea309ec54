// SPDX-License-Identifier: Apache-2.0
package io.tcptable.truth;

import io.tcptable.TcpQuery;
import io.tcptable.TcpState;
import java.io.Serializable;
import java.net.StandardProtocolFamily;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link TcpQuery} that can be sent to another JVM, and what its answer must be. */
record Question(
    List<Integer> localPorts,
    int remotePort,
    List<TcpState> states,
    @Nullable StandardProtocolFamily family,
    boolean detail)
    implements Serializable {

  static Question everything() {
    return new Question(List.of(), 0, List.of(), null, false);
  }

  Question localPorts(List<Integer> ports) {
    return new Question(ports, remotePort, states, family, detail);
  }

  Question remotePort(int port) {
    return new Question(localPorts, port, states, family, detail);
  }

  Question states(TcpState... wanted) {
    return new Question(localPorts, remotePort, List.of(wanted), family, detail);
  }

  Question family(StandardProtocolFamily wanted) {
    return new Question(localPorts, remotePort, states, wanted, detail);
  }

  Question withDetail() {
    return new Question(localPorts, remotePort, states, family, true);
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
