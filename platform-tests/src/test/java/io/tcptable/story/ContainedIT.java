// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.Namespace;
import io.tcptable.agreement.NeedsRoot;
import io.tcptable.agreement.UserAccount;
import io.tcptable.program.ProgramJar;
import io.tcptable.program.Run;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Inside of a container as they are hardened: a root that cannot be written to, and so no {@code
 * /tmp}, any user, {@code bpf} and {@code setns} refused as by the profile of Docker, and perhaps
 * no netlink, as with gVisor.
 */
@NeedsRoot
@Tag("once")
class ContainedIT {

  private static final int PORT = 3001;

  /** Of each file system that is mounted: the kernel's own are not for writing files. */
  private static final String READ_ONLY =
      "mount --make-rprivate / && awk '$5 !~ /^\\/(proc|sys|dev)(\\/|$)/ { print $5 }'"
          + " /proc/self/mountinfo | while read m; do mount -o remount,bind,ro \"$m\"; done;"
          + " ! touch /tmp/x 2>/dev/null";

  private static final Namespace PLACE = Namespace.withOwnProcesses();

  private static Backend server;

  @BeforeAll
  static void start() {
    server = Backend.start(PLACE.prefix(UserAccount.NOBODY), PORT, "healthy");
    PLACE.output(UserAccount.ROOT, List.of("sh", "-c", READ_ONLY), "");
  }

  @AfterAll
  static void end() throws IOException {
    server.close();
    PLACE.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ROOT   | bpf=EPERM,setns=EPERM",
        "NOBODY | bpf=EPERM,setns=EPERM",
        "NOBODY | bpf=EPERM,setns=EPERM,netlink=EAFNOSUPPORT",
      })
  void theServerIsNamedAndAnswers(UserAccount account, String denied) throws IOException {
    List<String> command = new ArrayList<>(PLACE.prefix(account));
    command.addAll(List.of(Backend.python(), "-Ic", sandbox(), denied));
    command.addAll(ProgramJar.command("diagnose", Integer.toString(PORT), "--deadline", "5s"));

    Run run = Run.of(command);

    assertThat(run.code()).as("%s", run).isZero();
    assertThat(run.out()).startsWith("HEALTHY  Port 3001 is healthy: python3(");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void whereNothingIsSeenTheHostIsNotSeenEither() {
    List<String> command = new ArrayList<>(PLACE.prefix(UserAccount.NOBODY));
    command.addAll(ProgramJar.command("list", Integer.toString(PORT + 1)));

    Run run = Run.of(command);

    assertThat(run.code()).as("%s", run).isEqualTo(1);
    assertThat(run.out().lines())
        .containsExactly(
            "No TCP socket on port 3002.",
            "This process runs in a container or sandbox. Unless that shares the network of its"
                + " host, ports of the host and of other containers are not seen from here.");
  }

  private static String sandbox() throws IOException {
    try (InputStream in = ContainedIT.class.getResourceAsStream("/io/tcptable/attack/sandbox.py")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
