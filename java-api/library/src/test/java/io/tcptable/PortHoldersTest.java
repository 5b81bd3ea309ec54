// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.linux.FakeKernel;
import io.tcptable.internal.linux.LinuxAccess;
import io.tcptable.internal.linux.netlink.DiagDatagram;
import io.tcptable.internal.linux.netlink.DiagMessage;
import io.tcptable.process.ProcessDescription;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import servers.Children;
import servers.FreePorts;

class PortHoldersTest {

  @RegisterExtension final Children children = new Children();

  @Test
  void saysWhoIsOnThePort() throws IOException {
    int port = FreePorts.next();
    Process server = children.startServer(port);

    PortHolders holders = TcpTable.holders(port);

    assertThat(holders.isListenedOn()).isTrue();
    assertThat(holders.holders()).hasSize(1);
    PortHolders.Holder holder = holders.holders().get(0);
    assertThat(holder.process().pid()).isEqualTo(server.pid());
    assertThat(holder.isListening()).isTrue();
    assertThat(holder.sockets()).isEqualTo(holders.table().listeners());
    ProcessDescription description = holder.description();
    assertThat(description.user()).isEqualTo(holder.process().user());
    assertThat(description.command()).contains(Integer.toString(port));
    assertThat(description.directory()).isEqualTo(holder.process().workingDirectory());
    assertThat(description.startedAt()).isEqualTo(holder.process().startedAt());
    assertThat(holders.toString()).startsWith(holder.process() + ", user ");
  }

  /** A probe would be a connection, which the listener would have in its queue. */
  @Test
  void sendsNothing() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      PortHolders holders = TcpTable.holders(listener.getLocalPort());

      assertThat(holders.holders()).hasSize(1);
      assertThat(TcpTable.snapshot(listener.getLocalPort()))
          .hasSize(1)
          .allMatch(socket -> socket.receiveQueue().orElseThrow() == 0);
    }
  }

  @Test
  void nobodyIsOnAFreePort() throws IOException {
    PortHolders holders = TcpTable.holders(FreePorts.next());

    assertThat(holders.isListenedOn()).isFalse();
    assertThat(holders.holders()).isEmpty();
  }

  @Test
  void listenersComeFirstAndWhatIsNotSeenIsSaid() throws IOException {
    FakeKernel kernel = new FakeKernel();
    kernel.proc().start(1, "init");
    kernel.proc().start(100, "client").holds(12);
    kernel.proc().start(200, "web").holds(11);
    kernel
        .netlink()
        .then(
            request ->
                List.of(
                    DiagDatagram.to(
                        request,
                        d ->
                            d.sockets(
                                    DiagMessage.listener(3001, 11),
                                    DiagMessage.listener(3001, 13),
                                    DiagMessage.v4(1, 3001, 40_001).inode(12))
                                .done())));

    PortHolders holders =
        Platforms.reading(
            LinuxAccess.of(new BindingSelection<>("fake", kernel, Map.of()), "proc"),
            () -> TcpTable.holders(3001));

    assertThat(holders.holders())
        .extracting(holder -> holder.process().toString())
        .containsExactly("web(200)", "client(100)");
    assertThat(holders.holders())
        .extracting(PortHolders.Holder::isListening)
        .containsExactly(true, false);
    assertThat(holders.isComplete()).isFalse();
    assertThat(holders.toString()).endsWith("\nowners that this user may not see");

    ObjectMapper jackson = new ObjectMapper();
    assertThat(jackson.writeValueAsString(holders)).isEqualTo(holders.toJson());
    JsonNode json = jackson.readTree(holders.toJson());
    assertThat(json.get("schema").asText()).isEqualTo("tcptable.holders/1");
    assertThat(json.get("complete").asBoolean()).isFalse();
    assertThat(json.get("holders"))
        .extracting(it -> it.get("name").asText() + " " + it.get("listening"))
        .containsExactly("web true", "client false");
    assertThat(json.get("holders").get(0).has("user")).isEqualTo(hasUser(holders));
    assertThat(json.get("sockets"))
        .extracting(it -> it.get("state").asText() + " " + it.get("owners").findValuesAsText("pid"))
        .containsExactly("LISTEN [200]", "LISTEN []", "ESTABLISHED [100]");
  }

  private static boolean hasUser(PortHolders holders) {
    return holders.holders().get(0).description().user().isPresent();
  }

  @Test
  void aDescriptionIsOneLine() {
    assertThat(
            new ProcessDescription(
                "python3",
                19508,
                Instant.EPOCH,
                Optional.of("web"),
                List.of("python3", "server.py"),
                Optional.of(Path.of("/srv/web")),
                Optional.of("web.service"),
                Optional.of("docker 5f3c0a")))
        .hasToString(
            "python3(19508), user web, since 1970-01-01T00:00:00Z, command python3 server.py, in"
                + " /srv/web, service web.service, container docker 5f3c0a");
  }
}
