// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Where a sandbox denies system calls, another way is taken, or it is said what is denied. */
@NeedsRoot
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
        "readlinkat=EPERM                       | 0 | nobody listens",
        "readlinkat=EPERM,bpf=EPERM             | 3 | A sandbox such as seccomp, or a security module,",
        "getdents64=EPERM                       | 3 | getdents64 failed with EPERM: a sandbox such as",
      })
  void nothingIsHalfDone(String denied, int code, String says) throws IOException {
    try (Attack attack = host.attack()) {
      PythonPeer server = attack.attacker();
      long pid = server.pid();
      server.run("hang()");

      Run run = denied(denied, "free", attack.port(), "--yes", "--settle", "100ms");

      assertThat(run.code()).as("%s", run).isEqualTo(code);
      assertThat(run.out() + run.err())
          .contains(says)
          .doesNotContain("should not happen", "as root.", "try as root");
      boolean touched = code == 0 || code == 5;
      assertThat(run.out().contains("python3(" + pid + ")")).as("%s", run).isEqualTo(touched);
    }
  }

  /** Calls that fail once or now and then: the answer is whole, or it is said what failed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "recvfrom:error=EINTR:when=1+2",
        "recvfrom:error=ENOBUFS:when=1",
        "sendto:error=EPERM",
        "readlinkat:error=EIO:when=3+7",
        "getdents64:error=EIO:when=4",
      })
  void noAnswerIsHalf(String injected) throws IOException {
    try (Attack attack = host.attack()) {
      PythonPeer server = attack.attacker();
      server.run("hang()");
      List<String> command = new ArrayList<>(host.namespace().prefix(UserAccount.ROOT));
      command.addAll(List.of("timeout", "-s", "KILL", "50", "strace", "-f", "-qqq"));
      command.addAll(List.of("--seccomp-bpf", "-o", "/dev/null"));
      command.addAll(List.of("-e", "trace=" + injected.replaceAll(":.*", "")));
      command.addAll(List.of("-e", "inject=" + injected));
      command.addAll(ProgramJar.command(OPTIONS, "list", attack.port()));

      Run run;
      try (RunningProgram program = RunningProgram.start(command, Map.of())) {
        run = program.end();
      }

      assertThat(run.out() + run.err()).doesNotContain("should not happen");
      if (run.code() == 0) {
        boolean isWhole = run.out().contains("python3(" + server.pid() + ")");
        assertThat(isWhole || run.err().contains("cannot inspect")).as("%s", run).isTrue();
      } else {
        assertThat(run.code()).as("%s", run).isEqualTo(3);
        assertThat(run.err().strip()).as("%s", run).contains("failed with").hasLineCount(1);
      }
    }
  }

  private Run denied(String calls, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(host.namespace().prefix(UserAccount.ROOT));
    command.addAll(List.of("timeout", "-s", "KILL", "50"));
    command.addAll(List.of("/usr/bin/python3", "-Ic", sandbox(), calls));
    command.addAll(ProgramJar.command(OPTIONS, arguments));
    // A loader that may not read its own link, as glibc 2.41 without readlinkat, finds them no
    // other way.
    Map<String, String> libraries =
        Map.of("LD_LIBRARY_PATH", System.getProperty("java.home") + "/lib");
    try (RunningProgram program = RunningProgram.start(command, libraries)) {
      return program.end();
    }
  }

  private static String sandbox() throws IOException {
    try (InputStream in = SandboxIT.class.getResourceAsStream("sandbox.py")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
