// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.platform.NamespaceLook;
import io.tcptable.internal.platform.NamespaceScope;
import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;
import io.tcptable.process.NetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With files laid out as those of {@code /proc}. Windows has no such links. */
@DisabledOnOs(OS.WINDOWS)
class NetworkNamespacesTest {

  private static final String HEADER = "  sl  local_address rem_address   st tx_queue\n";

  @TempDir Path proc;

  @BeforeEach
  void addThisProcess() throws IOException {
    process("self", 1, "");
  }

  private void process(String pid, int namespace, String sockets, int... held) throws IOException {
    Path directory = Files.createDirectories(proc.resolve(pid));
    Files.createSymbolicLink(
        Files.createDirectories(directory.resolve("ns")).resolve("net"),
        Path.of("net:[" + namespace + "]"));
    Files.writeString(
        Files.createDirectories(directory.resolve("net")).resolve("tcp"), HEADER + sockets);
    Path descriptors = Files.createDirectories(directory.resolve("fd"));
    for (int inode : held) {
      Files.createSymbolicLink(descriptors.resolve("" + inode), Path.of("socket:[" + inode + "]"));
    }
  }

  private static String socket(String local, String state, int inode) {
    return "   0: "
        + local
        + " 00000000:0000 "
        + state
        + " 00000000:00000000 00:00000000 00000000     0        0 "
        + inode
        + " 1 0 100 0\n";
  }

  @Test
  void eachIsListedOnceWithItsProcesses() throws IOException {
    process("100", 1, "");
    process("42", 2, "");
    process("7", 3, "");
    process("41", 2, "");
    NetworkNamespaces.Listing listing = new NetworkNamespaces(proc, proc.resolve("none")).list();
    assertThat(listing.places())
        .extracting(place -> place.namespace().inode())
        .containsExactly(1L, 2L, 3L);
    assertThat(listing.places())
        .extracting(place -> place.namespace().pid())
        .containsExactly(OptionalLong.of(100), OptionalLong.of(41), OptionalLong.of(7));
    assertThat(listing.places())
        .extracting(place -> place.namespace().isOwn())
        .containsExactly(true, false, false);
    assertThat(listing.places().get(1).processes())
        .containsExactly(proc.resolve("41"), proc.resolve("42"));
    assertThat(listing.unplaced()).isZero();
  }

  @Test
  void theContainerOfTheFirstProcessIsNamed() throws IOException {
    String id = "5f3c0a".repeat(10) + "5f3c";
    process("41", 2, "");
    Files.writeString(proc.resolve("41/cgroup"), "0::/libpod_parent/libpod-" + id + "\n");
    assertThat(new NetworkNamespaces(proc, proc.resolve("none")).of(41).namespace().container())
        .hasValue("libpod " + id);
  }

  @Test
  void aProcessWhoseNamespaceIsNotShownIsCounted() throws IOException {
    process("41", 2, "");
    Files.delete(proc.resolve("41/ns/net"));
    Files.createSymbolicLink(proc.resolve("41/exe"), Path.of("/"));
    assertThat(new NetworkNamespaces(proc, proc.resolve("none")).list().unplaced()).isEqualTo(1);
  }

  /** Its PID may be that of a process in another namespace by then. */
  @Test
  void aProcessThatIsElsewhereMeanwhileIsNotReadForIt() throws IOException {
    process("41", 3, socket("00000000:0BB9", "0A", 555), 555);
    NetworkNamespaces namespaces = new NetworkNamespaces(proc, proc.resolve("none"));
    NetworkNamespaces.Place there = namespaces.of(41);
    assertThat(there.isThere()).isTrue();
    Files.delete(proc.resolve("41/ns/net"));
    Files.createSymbolicLink(proc.resolve("41/ns/net"), Path.of("net:[4]"));
    assertThat(NetworkNamespaces.isIn(proc.resolve("41"), there.namespace().inode())).isFalse();
    assertThat(there.isThere()).as("what nobody keeps any more").isFalse();
  }

  @Test
  void withoutCallsTheFilesOfAProcessAreRead() throws IOException {
    process("41", 3, socket("00000000:0BB9", "0A", 555), 555);
    NamespaceSockets sockets =
        new NamespaceSockets(
            null,
            new ProcNetTcpSource("", proc.resolve("self/net")),
            new NetworkNamespaces(proc, proc.resolve("none")));
    SocketColumnsBuilder into = new SocketColumnsBuilder();
    NamespaceLook look = sockets.read(NamespaceScope.ALL, SocketFilter.all(), into);
    assertThat(look.namespaces()).extracting(NetworkNamespace::inode).containsExactly(1L, 3L);
    SocketColumns columns = into.build();
    assertThat(columns.size()).isEqualTo(1);
    assertThat(columns.namespace(0)).isEqualTo(1);
    assertThat(columns.has(SocketColumns.Column.COOKIE)).isFalse();
  }

  /** Private addresses are given away again and again. */
  @Test
  void eachOtherOneWithAnAddressIsFound() throws IOException {
    String table = "  |-- 10.88.0.2\n      /32 host LOCAL\n";
    process("100", 1, "");
    process("42", 2, "");
    process("41", 2, "");
    process("7", 3, "");
    process("8", 4, "");
    for (String pid : List.of("100", "41", "7")) {
      Files.writeString(proc.resolve(pid + "/net/fib_trie"), table);
    }
    assertThat(
            new NetworkNamespaces(proc, proc.resolve("none"))
                .having(InetAddress.getByName("10.88.0.2")))
        .as("not that of this process")
        .containsExactly(41, 7);
  }

  @Test
  void aListenerInAnotherOneIsFound() throws IOException {
    String sockets = socket("00000000:0BB9", "0A", 555);
    process("41", 2, sockets, 554, 555);
    process("42", 2, sockets, 555);
    process("43", 2, sockets, 556);
    assertThat(new NetworkNamespaces(proc).listeners(3001)).containsExactly(41, 42);
    assertThat(new NetworkNamespaces(proc).listeners(3002)).isEmpty();
  }

  @Test
  void oneOfThisNamespaceIsNotElsewhere() throws IOException {
    process("41", 1, socket("00000000:0BB9", "0A", 555), 555);
    assertThat(new NetworkNamespaces(proc).listeners(3001)).isEmpty();
  }

  @Test
  void aConnectionIsNoListener() throws IOException {
    process("41", 2, socket("00000000:0BB9", "01", 555), 555);
    assertThat(new NetworkNamespaces(proc).listeners(3001)).isEmpty();
  }

  @Test
  void processesThatCannotBeSeenAreLeftOut() throws IOException {
    Files.createDirectories(proc.resolve("41"));
    assertThat(new NetworkNamespaces(proc).listeners(3001)).isEmpty();
  }
}
