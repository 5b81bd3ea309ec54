// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.PythonPeer;
import io.tcptable.agreement.UserAccount;
import io.tcptable.program.ProgramJar;
import io.tcptable.program.Run;
import io.tcptable.program.RunningProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a sandbox denies system calls, another way is taken, or it is said what is denied. */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class SandboxIT {

  private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-Xmx64m");

  @AutoClose private final HostileHost host = new HostileHost();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "netlink=EPERM,bpf=EPERM,recvmsg=EPERM | 0 | nobody listens",
        "netlink=EAFNOSUPPORT,pidfd_open=ENOSYS | 0 | nobody listens",
        "pidfd_open=EPERM                       | 0 | nobody listens",
        "pidfd_send_signal=EPERM                | 0 | nobody listens",
        "poll=EPERM                             | 5 | poll failed with EPERM",
        "readlinkat=EPERM                       | 3 | the owner of",
        "getdents64=EPERM                       | 3 | getdents64 failed with EPERM",
      })
  void nothingIsHalfDone(String denied, int code, String says) throws IOException {
    try (Attack attack = host.attack()) {
      PythonPeer server = attack.attacker();
      long pid = server.pid();
      server.run("hang()");

      Run run = denied(denied, "free", attack.port(), "--yes", "--settle", "100ms");

      assertThat(run.code()).as("%s", run).isEqualTo(code);
      assertThat(run.out() + run.err()).contains(says).doesNotContain("should not happen");
      boolean touched = code == 0 || code == 5;
      assertThat(run.out().contains("python3(" + pid + ")")).as("%s", run).isEqualTo(touched);
    }
  }

  private Run denied(String calls, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(host.namespace().prefix(UserAccount.ROOT));
    command.addAll(List.of("timeout", "-s", "KILL", "50"));
    command.addAll(List.of("/usr/bin/python3", "-Ic", sandbox(), calls));
    command.addAll(ProgramJar.command(OPTIONS, arguments));
    try (RunningProgram program = RunningProgram.start(command, Map.of())) {
      return program.end();
    }
  }

  private static String sandbox() throws IOException {
    try (InputStream in = SandboxIT.class.getResourceAsStream("sandbox.py")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
