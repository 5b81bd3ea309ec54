// SPDX-License-Identifier: Apache-2.0
package io.tcptable.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timestamp;

/** What is recorded of one event of a watch. */
@Name("io.tcptable.TcpEvent")
@Label("TCP Event")
@Category("TCP")
@Description("What happened to a socket, as a TcpWatch of this JVM tells it")
@StackTrace(false)
final class WatchEvent extends Event {

  @Label("Kind")
  @Description("Such as opened, accepted, state_changed, closed, listener_opened, lost")
  String kind = "";

  @Label("Happened At")
  @Description("When it happened, if the system told that, and else when the watch learned of it")
  @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
  long happenedAt;

  @Label("Known By")
  @Description("pushed: the system told it at once; between_looks: two looks differ; else empty")
  String knownBy = "";

  @Label("Local Address")
  String localAddress = "";

  @Label("Local Port")
  int localPort;

  @Label("Remote Address")
  String remoteAddress = "";

  @Label("Remote Port")
  @Description("0 of a listener")
  int remotePort;

  @Label("State")
  String state = "";

  @Label("Owners")
  @Description("Name and PID of each process that owns it; empty if none is known")
  String owners = "";

  @Label("Details")
  @Description("The whole event as JSON, schema tcptable.event/1")
  String details = "";
}
