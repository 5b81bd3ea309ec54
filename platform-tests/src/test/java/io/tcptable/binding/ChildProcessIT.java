// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import static io.tcptable.binding.Buffers.events;
import static io.tcptable.binding.Buffers.pollIn;
import static io.tcptable.binding.Numbers.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.binding.LinuxCalls;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holding a process by its descriptor, from its life to beyond its end. */
class ChildProcessIT {

  @ParameterizedTest
  @MethodSource("io.tcptable.binding.Providers#names")
  void isHeldUntilItIsGone(String provider) throws Exception {
    LinuxCalls calls = Providers.calls(provider);
    Process child = new ProcessBuilder("sleep", "60").start();
    int pid = Math.toIntExact(child.pid());
    int pidfd = calls.pidfd_open(pid, 0);
    assertThat(pidfd).isNotNegative();

    ByteBuffer waiting = pollIn(pidfd);
    assertThat(calls.pidfd_send_signal(pidfd, 0, 0)).as("it is there").isZero();
    assertThat(calls.poll(waiting, 0)).as("and has not ended").isZero();

    assertThat(calls.pidfd_send_signal(pidfd, SIGKILL, 0)).isZero();
    assertThat(calls.poll(waiting, 10_000)).as("its end is an event").isEqualTo(1);
    assertThat(events(waiting) & POLLIN).isEqualTo(POLLIN);

    assertThat(child.waitFor()).as("reaped, killed by 9").isEqualTo(128 + SIGKILL);
    assertThat(calls.pidfd_send_signal(pidfd, SIGKILL, 0)).isEqualTo(-ESRCH);
    assertThat(calls.pidfd_open(pid, 0)).isEqualTo(-ESRCH);
    assertThat(calls.close(pidfd)).isZero();
  }
}
