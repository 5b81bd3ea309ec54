// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.owners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tcptable.internal.binding.BindingException;
import io.tcptable.internal.linux.FakeKernel;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.table.OwnerSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code /proc} first, eBPF once it pays or somebody asks for it, and one attempt to load it. */
class AdaptiveOwnerSourceTest {

  /** Enough looks for any machine: each costs some hundred descriptors. */
  private static final int MANY = 2_000;

  private final FakeKernel kernel = new FakeKernel();
  private final OwnerSource proc = new ProcOwnerSource(kernel);
  private final OwnerSource bpf = new BpfOwnerSource(kernel);
  private final AtomicInteger attempts = new AtomicInteger();

  private final AdaptiveOwnerSource source =
      new AdaptiveOwnerSource(
          proc,
          () -> {
            attempts.incrementAndGet();
            return bpf;
          });

  private final AdaptiveOwnerSource refused =
      new AdaptiveOwnerSource(
          proc,
          () -> {
            attempts.incrementAndGet();
            throw new BindingException("needs root");
          });

  @Test
  void loadsNothingUnasked() {
    assertThat(source.name()).isEqualTo("proc");
    assertThat(source.passedOver()).isEmpty();
    assertThat(attempts).hasValue(0);
  }

  @Test
  void loadsWhenAskedForTheBest() {
    assertThat(source.best()).isSameAs(bpf);
    assertThat(source.next(false)).isSameAs(bpf);
    assertThat(source.name()).isEqualTo("bpf");
    assertThat(source.passedOver()).isEmpty();
    assertThat(attempts).hasValue(1);
  }

  @Test
  void loadsOnceTheLooksHaveCostAsMuch() {
    IntStream.range(0, MANY).parallel().forEach(look -> source.next(false));

    assertThat(source.next(false)).isSameAs(bpf);
    assertThat(attempts).hasValue(1);
  }

  @Test
  void loadsAtOnceWhereTheFirstProcessMayNotBeLookedInto() {
    kernel.proc().start(1, "init").links("/dev/null");
    kernel.on("readlinkat", "/proc/1/fd/0").fail(Errno.EACCES);

    assertThat(source.next(false)).as("nothing to look for").isSameAs(proc);
    assertThat(source.next(true)).isSameAs(bpf);
    assertThat(attempts).hasValue(1);
  }

  @Test
  void loadsNothingWhereItMay() {
    kernel.proc().start(1, "init").links("/dev/null");

    assertThat(source.next(true)).isSameAs(proc);
    assertThat(attempts).hasValue(0);
  }

  @Test
  void loadsAtOnceWhereTheFirstProcessIsHidden() {
    kernel.proc().start(7, "seven").links("/dev/null");

    assertThat(source.next(true)).isSameAs(bpf);
    assertThat(kernel.open()).isEmpty();
  }

  @Test
  void staysWithProcAfterOneFailedAttempt() {
    IntStream.range(0, MANY).parallel().forEach(look -> refused.next(false));

    assertThat(refused.next(false)).isSameAs(proc);
    assertThat(refused.best()).isSameAs(proc);
    assertThat(refused.passedOver()).containsExactly(entry("bpf", "needs root"));
    assertThat(attempts).hasValue(1);
  }
}
