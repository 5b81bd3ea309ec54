// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.diagnose.FindingCode;
import io.tcptable.diagnose.Verdict;
import io.tcptable.story.Diagnosed.Found;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Servers of one thread that do not answer, each for another reason that the kernel tells. */
@NeedsRoot
@Tag("once")
class CausesIT {

  private static final int PORT = Place.PORT;

  private static final String CONNECT =
      "import socket\nclient = socket.create_connection(('127.0.0.1', %d))".formatted(PORT);

  @AutoClose private final Place place = new Place();

  @Test
  void itComputesWithoutEnd() {
    long pid = serve("listener.accept()\nwhile True: pass");
    place.act(CONNECT);

    Diagnosed diagnosis = place.diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.HANGING);
    assertThat(diagnosis.faults()).startsWith(FindingCode.CPU_BUSY);
    Found found = diagnosis.finding(FindingCode.CPU_BUSY);
    assertThat(found.pids()).containsExactly(pid);
    assertThat(found.figure("thread")).isEqualTo(pid);
    assertThat(found.advice()).contains("py-spy dump --pid " + pid);
  }

  @Test
  void itReadsFromAClientThatSendsNothing() {
    long pid = serve("client = listener.accept()[0]\nclient.recv(9)");
    place.act(CONNECT);

    Diagnosed diagnosis = place.diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.HANGING);
    assertThat(diagnosis.faults()).startsWith(FindingCode.SILENT_CLIENTS);
    Found found = diagnosis.finding(FindingCode.SILENT_CLIENTS);
    assertThat(found.pids()).containsExactly(pid);
    assertThat(found.seen()).contains("(" + place.peer() + ")");
  }

  /** The same connections, but the server waits for something else. */
  @Test
  void itSleepsBesideAClientThatSendsNothing() {
    serve("import time\nclient = listener.accept()[0]\ntime.sleep(600)");
    place.act(CONNECT);

    assertThat(place.diagnose().codes())
        .doesNotContain(FindingCode.SILENT_CLIENTS, FindingCode.CPU_BUSY);
  }

  @Test
  void itIsFrozen() throws Exception {
    long pid = place.backend("healthy").pids().get(0);
    Path group = freezer().resolve("tcptable-test-" + ProcessHandle.current().pid());
    Files.createDirectory(group);
    try {
      Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
      Files.writeString(group.resolve("freezer.state"), "FROZEN");

      Diagnosed diagnosis = place.diagnose();

      assertThat(diagnosis.faults()).startsWith(FindingCode.PROCESS_FROZEN);
      assertThat(diagnosis.faults()).doesNotContain(FindingCode.PROCESS_BLOCKED);
      assertThat(diagnosis.finding(FindingCode.HEALTH_NO_RESPONSE).advice())
          .containsExactly("echo THAWED | sudo tee " + group.resolve("freezer.state"));
    } finally {
      Files.writeString(group.resolve("freezer.state"), "THAWED");
      Files.writeString(group.resolveSibling("cgroup.procs"), Long.toString(pid));
      Files.delete(group);
    }
  }

  private static Path freezer() {
    Path mounted = Path.of("/sys/fs/cgroup/freezer");
    assumeTrue(
        Files.isWritable(mounted.resolve("cgroup.procs")),
        "this test needs root and the freezer of cgroups(7), version 1");
    return mounted;
  }

  private long serve(String code) {
    return place.serve(List.of(Backend.python(), "-c", server(code)));
  }

  /** A program that says its PID, and ends with its input. */
  private static String server(String code) {
    return """
        import os, socket, sys, threading
        threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(('127.0.0.1', %d))
        listener.listen(9)
        print('ready', os.getpid(), flush=True)
        %s
        """
        .formatted(PORT, code);
  }
}
