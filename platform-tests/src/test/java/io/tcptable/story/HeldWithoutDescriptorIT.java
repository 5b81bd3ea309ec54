// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.agreement.UserAccount;
import io.tcptable.diagnose.FindingCode;
import io.tcptable.program.Run;
import io.tcptable.story.Diagnosed.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Listeners that no process has a descriptor of, though one holds them. */
@NeedsRoot
@Tag("once")
class HeldWithoutDescriptorIT {

  private static final Path IO_URING_DISABLED = Path.of("/proc/sys/kernel/io_uring_disabled");

  @AutoClose private final Place place = new Place();

  /** Sent over a unix socket, closed, and not received. */
  @Test
  void inFlight() {
    place.act(
        """
        import array, socket as s
        listener = listen('127.0.0.1', 3001)
        KEEP = s.socketpair()
        rights = [(s.SOL_SOCKET, s.SCM_RIGHTS, array.array('i', [listener.fileno()]))]
        KEEP[0].sendmsg([b'x'], rights)
        listener.close()
        """);

    assertHeldBy(
        " has a descriptor waiting in a unix socket, sent to it and not received",
        ": this may be the one.");
  }

  @Test
  void byAnIoUring() throws IOException {
    assumeTrue(
        Files.exists(IO_URING_DISABLED) && Files.readString(IO_URING_DISABLED).strip().equals("0"),
        "needs io_uring");
    place.act(
        """
        import ctypes
        libc = ctypes.CDLL(None)
        listener = listen('127.0.0.1', 3001)
        ring = libc.syscall(425, 4, (ctypes.c_char * 120)())
        assert ring >= 0
        assert libc.syscall(427, ring, 2, (ctypes.c_int * 1)(listener.fileno()), 1) == 0
        listener.close()
        """);

    assertHeldBy(" has it registered with an io_uring", ".");
  }

  private void assertHeldBy(String how, String end) {
    Found found = place.diagnose().finding(FindingCode.OWNER_UNKNOWN);
    assertThat(found.meaning())
        .containsPattern("python3(\\.\\d+)?\\(" + place.peer() + "\\)" + how)
        .endsWith(how + end);
    Run list = place.program(UserAccount.ROOT, "list", Integer.toString(Place.PORT));
    assertThat(list.out()).containsPattern("LISTEN .* \\?\n");
    assertThat(list.err())
        .contains("the owner of 1 socket is not known: ")
        .contains("; try: tcptable diagnose " + Place.PORT);
  }
}
