// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.agreement.SmallNetwork;
import io.tcptable.binding.Providers;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * In a PID namespace with some hundred PIDs, each of which is soon given away again: no signal ever
 * reaches a process other than the one that was meant.
 */
@NeedsRoot
@Tag("once")
class PidReuseIT {

  private static final int ROUNDS = 50;

  /** The least that the kernel takes, 301, and room for the threads of a JVM. */
  private static final int PIDS = 340;

  private static final String FEW_PIDS =
      "ip link set lo up && echo " + PIDS + " > /proc/sys/kernel/pid_max && exec \"$@\"";

  /** The trial alone takes seconds. */
  private static final String MOST_SECONDS = "300";

  /** One that holds processes by descriptors, as all but one do, and the one that cannot. */
  static Stream<String> bindings() {
    return Stream.of(Providers.names().get(0), "java");
  }

  @ParameterizedTest
  @MethodSource("bindings")
  void nobodyIsHarmedWhoHasThePidOfAnother(String binding) throws Exception {
    assumeTrue(hasItsOwnLimit(), "before Linux 6.14, pid_max is the whole machine's");

    String output = trial(binding);

    assertThat(output.strip())
        .as("by " + binding)
        .startsWith("rounds=" + ROUNDS + " harmed=0 hits=0 forks=");
    int forks = Integer.parseInt(output.strip().replaceAll(".*forks=", ""));
    assertThat(forks).as("PIDs were used again").isGreaterThan(3 * ROUNDS * (PIDS - 300) / 2);
  }

  private static boolean hasItsOwnLimit() {
    return Version.parse(System.getProperty("os.version", "")).compareTo(Version.parse("6.14"))
        >= 0;
  }

  private static String trial(String binding) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("timeout", "--signal=KILL", MOST_SECONDS));
    command.addAll(SmallNetwork.unshare("--pid", "--fork", "--kill-child", "--mount-proc"));
    command.addAll(List.of("sh", "-c", FEW_PIDS, "sh"));
    command.addAll(
        Jvm.command(
            Jvm.classPath(),
            binding,
            PidReuseTrial.class,
            Integer.toString(ROUNDS),
            Script.python(),
            Script.path("pids.py")));
    Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      return output;
    } finally {
      process.destroyForcibly();
    }
  }
}
