// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Endpoint;
import io.tcptable.ListenAddress;
import io.tcptable.internal.linux.LinuxPlatform;
import io.tcptable.process.PortPolicy;
import io.tcptable.process.PortRole;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PortRolesTest {

  private static final int PORT = 3001;
  private static final String PYTHON = "/usr/bin/python3";

  private final Map<Long, ServerProcess> processes = new TreeMap<>();
  private final List<PortSocket> sockets = new ArrayList<>();
  private int lowest = 32_768;

  private KnownProcess process(KnownProcess process) {
    processes.put(process.pid(), process);
    return process;
  }

  private KnownProcess process(long pid, String file, String... arguments) {
    return process(KnownProcess.of(pid, file, "web", arguments));
  }

  private static Endpoint at(String address, int port) {
    try {
      return Endpoint.of(InetAddress.getByName(address), port);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static ListenAddress bound(String address) {
    return new ListenAddress(at(address, PORT), Optional.empty(), false);
  }

  private void listens(String address, Long... pids) {
    sockets.add(new PortSocket(true, bound(address), at("0.0.0.0", 0), List.of(pids)));
  }

  private void isConnected(String address, String remote, int remotePort, Long... pids) {
    sockets.add(new PortSocket(false, bound(address), at(remote, remotePort), List.of(pids)));
  }

  private PortRole role(long pid) {
    return new PortRoles(
            PORT,
            sockets,
            it -> Optional.ofNullable(processes.get(it)),
            new Viewpoint(
                KnownProcess.of(9, "/usr/bin/java", "web"), it -> false, new LinuxPlatform()),
            new PortPolicy(
                OptionalInt.of(lowest),
                OptionalInt.of(60_999),
                List.of(),
                OptionalInt.of(1024),
                List.of()))
        .of(pid);
  }

  @Test
  void aServerListens() {
    process(100, PYTHON, "python3", "server.py");
    listens("127.0.0.1", 100L);
    listens("::1", 100L);
    assertThat(role(100))
        .isEqualTo(new PortRole(PortRole.Kind.SERVER, "listens on 127.0.0.1:3001, [::1]:3001"));
  }

  @Test
  void aMasterHasStartedTheWorkersThatListenToo() {
    KnownProcess master = process(100, PYTHON, "python3", "server.py");
    process(KnownProcess.of(101, PYTHON, "web").below(master));
    process(KnownProcess.of(102, PYTHON, "web").below(master));
    listens("127.0.0.1", 100L, 101L, 102L);
    assertThat(role(100).kind()).isEqualTo(PortRole.Kind.MASTER);
    assertThat(role(100).evidence())
        .isEqualTo("listens on 127.0.0.1:3001, as 2 processes that it has started");
    assertThat(role(101).kind()).isEqualTo(PortRole.Kind.WORKER);
  }

  @Test
  void aChildThatHoldsAcceptedConnectionsIsAWorker() {
    KnownProcess server = process(100, PYTHON, "python3", "server.py");
    process(KnownProcess.of(101, "/usr/bin/cgi", "web").below(server));
    listens("::", 100L);
    isConnected("127.0.0.1", "127.0.0.1", 50_000, 101L);
    assertThat(role(101))
        .isEqualTo(new PortRole(PortRole.Kind.WORKER, "holds 1 connection accepted on the port"));
  }

  /** Neither was it accepted, nor does it keep the address of the server from being bound. */
  @Test
  void aConnectionFromAnotherAddressIsAStrangers() {
    process(100, PYTHON, "python3", "server.py");
    process(101, "/usr/bin/firefox");
    listens("127.0.0.1", 100L);
    isConnected("10.77.0.1", "10.77.0.1", 443, 101L);
    assertThat(role(101))
        .isEqualTo(
            new PortRole(
                PortRole.Kind.STRANGER,
                "is connected from 10.77.0.1:3001, where nobody listens, to 10.77.0.1:443"));
    listens("0.0.0.0", 100L);
    assertThat(role(101).kind()).isNotEqualTo(PortRole.Kind.STRANGER);
  }

  @Test
  void aConnectionThatGoesOutKeepsThePort() {
    process(100, "/usr/bin/firefox");
    isConnected("127.0.0.1", "127.0.0.1", 443, 100L);
    lowest = 3000;
    assertThat(role(100))
        .isEqualTo(
            new PortRole(
                PortRole.Kind.CLIENT, "is connected from 127.0.0.1:3001 to 127.0.0.1:443"));
  }

  @Test
  void aServerThatHasClosedItsListenerIsStillTheServer() {
    process(100, PYTHON, "python3", "server.py");
    isConnected("127.0.0.1", "127.0.0.1", 50_000, 100L);
    assertThat(role(100).kind()).isEqualTo(PortRole.Kind.SERVER);
  }

  @Test
  void whoOnlyHoldsTheListenerOfAnOlderProgramHasInheritedIt() {
    process(100, "/usr/bin/launcher");
    process(101, "/usr/bin/paint");
    listens("127.0.0.1", 100L, 101L);
    assertThat(role(100).kind()).isEqualTo(PortRole.Kind.SERVER);
    assertThat(role(101).kind()).isEqualTo(PortRole.Kind.HEIR);
    isConnected("127.0.0.1", "127.0.0.1", 50_000, 101L);
    assertThat(role(101).kind()).isEqualTo(PortRole.Kind.SERVER);
  }

  @Test
  void aProgramThatNeverListensHasInheritedTheListener() {
    process(100, "/usr/bin/sleep", "sleep", "300");
    listens("127.0.0.1", 100L);
    assertThat(role(100).kind()).isEqualTo(PortRole.Kind.HEIR);
  }

  @Test
  void forwardersAndSupervisorsAreToldFromServers() {
    process(100, "/usr/bin/slirp4netns");
    process(101, "/usr/bin/circusd");
    listens("127.0.0.1", 100L);
    listens("127.0.0.2", 101L);
    assertThat(role(100))
        .isEqualTo(
            new PortRole(PortRole.Kind.FORWARDER, "forwards the port for rootless containers"));
    assertThat(role(101))
        .isEqualTo(new PortRole(PortRole.Kind.SUPERVISOR, "is the supervisor circusd"));
  }
}
