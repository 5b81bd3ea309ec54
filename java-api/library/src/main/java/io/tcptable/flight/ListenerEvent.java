// SPDX-License-Identifier: Apache-2.0
package io.tcptable.flight;

import io.tcptable.OsProcess;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** What is recorded of one listener. A number that is not known is -1. */
@Name("io.tcptable.Listener")
@Label("TCP Listener")
@Category("TCP")
@Description("A listening socket, its owners, its accept queue and its connections by state")
@Period("10 s")
@StackTrace(false)
final class ListenerEvent extends Event {

  @Label("Local Address")
  String localAddress = "";

  @Label("Local Port")
  int localPort;

  @Label("Owners")
  @Description("Name and PID of each process that owns it; empty if none is known")
  String owners = "";

  @Label("Accept Queue Length")
  @Description("Connections that wait to be accepted; -1: not known")
  long acceptQueueLength;

  @Label("Accept Queue Limit")
  @Description("How many may wait; -1: not known")
  long acceptQueueLimit;

  @Label("Established")
  int established;

  @Label("CLOSE_WAIT")
  @Description("The peer has closed the connection, the owner has not")
  int closeWait;

  @Label("SYN_RECEIVED")
  int synReceived;

  @Label("FIN_WAIT_1 and FIN_WAIT_2")
  int finWait;

  @Label("TIME_WAIT")
  int timeWait;

  @Label("Other States")
  int otherStates;

  static ListenerEvent of(TcpSocket listener, List<TcpSocket> connections) {
    ListenerEvent event = new ListenerEvent();
    event.localAddress = listener.local().unmapped().host();
    event.localPort = listener.localPort();
    event.owners =
        listener.owners().stream().map(OsProcess::toString).collect(Collectors.joining(", "));
    event.acceptQueueLength = listener.receiveQueue().orElse(-1);
    event.acceptQueueLimit = listener.sendQueue().orElse(-1);
    connections.forEach(it -> event.count(it.state()));
    return event;
  }

  private void count(TcpState state) {
    switch (state) {
      case ESTABLISHED -> established++;
      case CLOSE_WAIT -> closeWait++;
      case SYN_RECEIVED, NEW_SYN_RECEIVED -> synReceived++;
      case FIN_WAIT_1, FIN_WAIT_2 -> finWait++;
      case TIME_WAIT -> timeWait++;
      default -> otherStates++;
    }
  }
}
