// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.platform.SocketHold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who holds a listener without a descriptor of it, by what fdinfo says. */
@EnabledOnOs(OS.LINUX)
class SocketHoldsTest {

  private static final int PORT = 3978;
  private static final SocketHold WAITING =
      new SocketHold(
          8, "has a descriptor waiting in a unix socket, sent to it and not received", false);

  @TempDir private Path proc;

  /** A listener with the inode 4133816, and a connection of the same port with another one. */
  @BeforeEach
  void listen() throws IOException {
    write(
        "self/net/tcp",
        """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 0100007F:0F8A 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4133816 1 0
           1: 0100007F:0F8A 0100007F:C000 01 00000000:00000000 00:00000000 00000000     0        0 4133817 1 0
        """);
    write("7/fdinfo/3", "pos:\t0\nflags:\t02\nino:\t4133816\n");
  }

  private void write(String file, String text) throws IOException {
    Path path = proc.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private List<SocketHold> holds(int port) throws IOException {
    return SocketHolds.of(proc, port);
  }

  @Test
  void nobodyWhoOnlyHasOtherFiles() throws IOException {
    write("8/fdinfo/4", "pos:\t0\nscm_fds:\t0\n");
    write("9/fdinfo/4", "UserFiles:\t1\n    0: socket:[4133817]\n");
    assertThat(holds(PORT)).isEmpty();
  }

  @Test
  void whoHasNotReceivedADescriptorMayBeTheOne() throws IOException {
    write("8/fdinfo/4", "pos:\t0\nscm_fds:\t1\n");
    write("8/fdinfo/5", "pos:\t0\nscm_fds:\t1\n");
    assertThat(holds(PORT)).containsExactly(WAITING);
    assertThat(holds(PORT + 1)).as("nobody listens").isEmpty();
  }

  @Test
  void whoHasRegisteredItWithAnIoUringIsTheOne() throws IOException {
    write("8/fdinfo/4", "pos:\t0\nscm_fds:\t1\n");
    write("9/fdinfo/4", "UserFiles:\t2\n    0: /dev/null\n    1: socket:[4133816]\nUserBufs:\t0\n");
    assertThat(holds(PORT))
        .containsExactly(new SocketHold(9, "has it registered with an io_uring", true));
  }
}
