// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.owners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcptable.internal.linux.FakeKernel;
import io.tcptable.internal.linux.netlink.DiagMessage;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.table.OwnerColumns;
import io.tcptable.internal.table.OwnerSearch;
import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;
import java.util.EnumSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The walk by several threads: nothing lost, nobody waited for in vain, no failure unheard. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProcOwnerSourceThreadsTest {

  private static final int PROCESSES = 64;

  private final FakeKernel kernel = new FakeKernel();
  private final ProcOwnerSource source = new ProcOwnerSource(kernel);
  private final SocketColumns sockets = sockets();

  @BeforeEach
  void manyProcesses() {
    assumeTrue(ForkJoinPool.getCommonPoolParallelism() > 0, "needs a second thread, a second core");
    // While calls of an earlier test still wait there, nobody is called.
    assertThat(ForkJoinPool.commonPool().awaitQuiescence(10, TimeUnit.SECONDS)).isTrue();
    for (int pid = 1; pid <= PROCESSES; pid++) {
      kernel.proc().start(pid, "p" + pid).holds(pid, 1);
    }
  }

  @AfterEach
  void everyDescriptorIsClosedOnce() {
    assertThat(kernel.open()).isEmpty();
  }

  @Test
  void severalThreadsLookAndNothingIsLost() {
    meet(() -> {});

    OwnerColumns owners = find();

    assertThat(owners.count(0)).isEqualTo(PROCESSES);
    assertThat(IntStream.range(1, PROCESSES)).allMatch(row -> owners.count(row) == 1);
    assertThat(IntStream.range(0, PROCESSES).map(n -> owners.process(owners.owner(0, n)).pid()))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, PROCESSES).boxed().toList());
  }

  @Test
  void aFailureInAnotherThreadIsHeard() {
    meet(
        () -> {
          throw new SourceException("openat", "EMFILE", "out of descriptors");
        });

    assertThatThrownBy(this::find)
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.error()).isEqualTo("EMFILE"));
  }

  @Test
  void anErrorOfTheVirtualMachineInAnotherThreadIsHeardToo() {
    meet(
        () -> {
          throw new OutOfMemoryError("Direct buffer memory");
        });

    assertThatThrownBy(this::find).isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void anErrorOfTheVirtualMachineInTheCallerWaitsForTheOthersBeforeItCloses() {
    Thread caller = Thread.currentThread();
    CountDownLatch othersLook = new CountDownLatch(1);
    AtomicBoolean looking = new AtomicBoolean();
    AtomicBoolean closedTooEarly = new AtomicBoolean();
    kernel.on("close", "/proc").run(() -> closedTooEarly.set(looking.getAndSet(false)));
    kernel
        .on("readlinkat")
        .run(
            () -> {
              if (Thread.currentThread().equals(caller)) {
                await(othersLook);
                throw new StackOverflowError();
              }
              looking.set(true);
              othersLook.countDown();
              while (looking.get() && caller.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
              }
              looking.set(false);
            });

    assertThatThrownBy(this::find).isInstanceOf(StackOverflowError.class);
    assertThat(closedTooEarly).isFalse();
  }

  @Test
  void theCallerNeitherWaitsForBusyThreadsNorQueuesUpWorkForThem() {
    CountDownLatch done = new CountDownLatch(1);
    for (int i = 0; i < 2 * ForkJoinPool.getCommonPoolParallelism(); i++) {
      ForkJoinPool.commonPool().execute(() -> await(done));
    }
    try {
      for (int i = 0; i < 100; i++) {
        assertThat(find().count(0)).isEqualTo(PROCESSES);
      }
      assertThat(ForkJoinPool.commonPool().getQueuedSubmissionCount()).isLessThan(10);
    } finally {
      done.countDown();
    }
  }

  @Test
  void manyWalksAtOnceDoNotDisturbEachOther() {
    assertThat(
            IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> find())
                .allMatch(owners -> owners.count(0) == PROCESSES && owners.unreadable() == 0))
        .isTrue();
  }

  /** Lets the caller and another thread wait for each other; then the other one does this. */
  private void meet(Runnable action) {
    Thread caller = Thread.currentThread();
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    kernel
        .on("readlinkat")
        .run(
            () -> {
              boolean isCaller = Thread.currentThread().equals(caller);
              (isCaller ? first : second).countDown();
              await(isCaller ? second : first);
              if (!isCaller) {
                action.run();
              }
            });
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private OwnerColumns find() {
    OwnerSearch search = new OwnerSearch();
    search.start(sockets);
    source.find(search);
    return search.finish(sockets);
  }

  private static SocketColumns sockets() {
    SocketColumnsBuilder builder = new SocketColumnsBuilder();
    builder.start(SocketFilter.all(), EnumSet.allOf(SocketColumns.Column.class));
    for (int inode = 1; inode <= PROCESSES; inode++) {
      builder.add(false, DiagMessage.ESTABLISHED, 1, 2);
      builder.identity(inode, 0);
      builder.attributes(0, 0, -1);
    }
    return builder.build();
  }
}
