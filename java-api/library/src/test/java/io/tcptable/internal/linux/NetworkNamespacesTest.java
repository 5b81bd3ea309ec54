// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
