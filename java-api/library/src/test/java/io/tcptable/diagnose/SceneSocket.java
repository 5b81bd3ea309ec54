// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Endpoint;
import io.tcptable.InheritedSocket;
import io.tcptable.ListenAddress;
import io.tcptable.Ownership;
import io.tcptable.TcpState;
import io.tcptable.TcpTimer;
import io.tcptable.diagnose.SocketEvidence.Previous;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import servers.Loopback;

/** A socket made by hand: idle and the same at both looks, but for what the test says. */
final class SceneSocket {

  static final int PORT = 3001;

  private final TcpState state;
  private InetAddress local = Loopback.V4;
  private int remotePort;
  private boolean v6Only;
  private Optional<String> device = Optional.empty();
  private Ownership ownership = Ownership.NONE;
  private List<Long> owners = List.of();
  private Optional<InheritedSocket> endedOwner = Optional.empty();
  private long receiveQueue;
  private long sendQueue;
  private Duration lastReceived = Duration.ofSeconds(60);
  private Optional<Duration> lastSent = Optional.empty();
  private boolean silent;
  private Optional<TcpTimer> timer = Optional.empty();
  private boolean wasThere = true;
  private TcpState stateBefore;
  private long receiveQueueBefore;
  private long sendQueueBefore;

  private SceneSocket(TcpState state) {
    this.state = state;
    this.stateBefore = state;
    this.remotePort = state == TcpState.LISTEN ? 0 : 50_000;
  }

  static SceneSocket listener(SceneProcess... owners) {
    return new SceneSocket(TcpState.LISTEN).queue(0, 128).ownedBy(owners);
  }

  static SceneSocket of(TcpState state, SceneProcess... owners) {
    return new SceneSocket(state).ownedBy(owners);
  }

  /** Connected by the kernel, accepted by nobody. */
  static SceneSocket waiting() {
    return new SceneSocket(TcpState.ESTABLISHED);
  }

  private SceneSocket ownedBy(SceneProcess... processes) {
    owners =
        LongStream.of(List.of(processes).stream().mapToLong(SceneProcess::pid).toArray())
            .boxed()
            .toList();
    ownership = owners.isEmpty() ? Ownership.NONE : Ownership.OWNED;
    return this;
  }

  SceneSocket ownerUnknown() {
    ownership = Ownership.UNKNOWN;
    return this;
  }

  /** On Windows, by a process that has ended. */
  SceneSocket openedBy(InheritedSocket ended) {
    endedOwner = Optional.of(ended);
    return ownerUnknown();
  }

  SceneSocket at(InetAddress address) {
    local = address;
    return this;
  }

  SceneSocket v6Only() {
    v6Only = true;
    return this;
  }

  /** Bound to a network interface. */
  SceneSocket boundTo(String networkInterface) {
    device = Optional.of(networkInterface);
    return this;
  }

  SceneSocket from(int port) {
    remotePort = port;
    return this;
  }

  /** At both looks. */
  SceneSocket queue(long receive, long send) {
    receiveQueue = receive;
    sendQueue = send;
    receiveQueueBefore = receive;
    sendQueueBefore = send;
    return this;
  }

  SceneSocket before(long receive, long send) {
    receiveQueueBefore = receive;
    sendQueueBefore = send;
    return this;
  }

  SceneSocket silentFor(Duration time) {
    lastReceived = time;
    return this;
  }

  /** Accepted, and the client has sent nothing yet. */
  SceneSocket silent() {
    silent = true;
    return this;
  }

  /** The client has sent something, and the server has answered so long ago; null if not. */
  SceneSocket asked(Duration answered) {
    lastSent = Optional.of(answered);
    return this;
  }

  SceneSocket timer(TcpTimer.Kind kind, int retransmits) {
    timer = Optional.of(new TcpTimer(kind, Duration.ofMillis(200), retransmits));
    return this;
  }

  /** Came after the first look. */
  SceneSocket isNew() {
    wasThere = false;
    return this;
  }

  SceneSocket was(TcpState before) {
    stateBefore = before;
    return this;
  }

  SocketEvidence evidence() {
    return new SocketEvidence(
        state,
        new ListenAddress(Endpoint.of(local, PORT), device, v6Only),
        Endpoint.of(Loopback.V4, remotePort),
        ownership,
        owners,
        endedOwner,
        OptionalLong.of(receiveQueue),
        OptionalLong.of(sendQueue),
        state == TcpState.LISTEN ? Optional.empty() : Optional.of(lastReceived),
        lastSent,
        silent,
        timer,
        wasThere
            ? Optional.of(
                new Previous(
                    stateBefore,
                    ownership,
                    OptionalLong.of(receiveQueueBefore),
                    OptionalLong.of(sendQueueBefore)))
            : Optional.empty());
  }
}
