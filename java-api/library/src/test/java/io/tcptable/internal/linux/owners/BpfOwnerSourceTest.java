// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.owners;

import static io.tcptable.internal.linux.owners.FakeIterator.longTable;
import static io.tcptable.internal.linux.owners.FakeIterator.record;
import static io.tcptable.internal.linux.owners.ProcOwnerSourceTest.pids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.internal.linux.FakeKernel;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.table.OwnerColumns;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the records of the iterator say of owners, and what is in the way is an error. */
class BpfOwnerSourceTest {

  private static final long TICK = 10_000_000;

  private final FakeKernel kernel = new FakeKernel();
  private final BpfOwnerSource source = new BpfOwnerSource(kernel);

  @AfterEach
  void everyDescriptorIsClosedOnce() {
    assertThat(kernel.open()).isEmpty();
  }

  @Test
  void findsAllOwnersOfEachSocket() {
    kernel
        .iterator()
        .read(
            record(5, 5, 12 * TICK, "five", 0, 2, 7),
            record(7, 7, 11 * TICK + TICK - 1, "sixteen-letters!", 1, 2, 2, 0, 1))
        .read(record(7, 7, 11 * TICK, "", 4), record(9, 9, TICK, "nine", 99));

    OwnerColumns owners = find(1, 2, 3, 0, 4);

    assertThat(pids(owners, 0)).containsExactly(7);
    assertThat(pids(owners, 1)).containsExactly(5, 7);
    assertThat(pids(owners, 2)).isEmpty();
    assertThat(pids(owners, 3)).isEmpty();
    assertThat(pids(owners, 4)).containsExactly(7);
    assertThat(IntStream.range(0, 5).filter(owners::isNone)).containsExactly(3);
    assertThat(owners.processCount()).isEqualTo(2);
    assertThat(owners.process(0).start()).isEqualTo(12);
    assertThat(owners.process(1).start()).isEqualTo(11);
    assertThat(owners.process(1).name()).isEqualTo("sixteen-letters!");
    assertThat(owners.unreadable()).isZero();
  }

  @Test
  void looksNowhereIfThereIsNothingToFind() {
    kernel.iterator().read(record(7, 7, TICK, "seven", 1));

    assertThat(find(0, 0).isNone(1)).isTrue();
    assertThat(kernel.opened()).isZero();
  }

  @Test
  void readsTheLargestInode() {
    kernel.iterator().read(record(7, 7, TICK, "seven", -1));

    assertThat(pids(find(4_294_967_295L), 0)).containsExactly(7);
  }

  /** Its threads are not next to each other, and one has descriptors of its own. */
  @Test
  void aProcessIsOneOwnerWhateverThreadHolds() {
    kernel
        .iterator()
        .read(
            record(7, 7, TICK, "seven", 1, 2),
            record(8, 8, TICK, "eight", 1),
            record(7, 9, TICK, "seven", 1, 3));

    OwnerColumns owners = find(1, 2, 3);

    assertThat(pids(owners, 0)).containsExactly(7, 8);
    assertThat(pids(owners, 1)).containsExactly(7);
    assertThat(pids(owners, 2)).containsExactly(7);
    assertThat(owners.processCount()).isEqualTo(2);
  }

  @Test
  void aPidGivenAgainIsAnotherOwner() {
    kernel.iterator().read(record(7, 7, 2 * TICK, "second", 2), record(7, 7, TICK, "first", 1));

    OwnerColumns owners = find(1, 2);

    assertThat(owners.process(owners.owner(0, 0)).name()).isEqualTo("first");
    assertThat(owners.process(owners.owner(1, 0)).name()).isEqualTo("second");
  }

  @Test
  void aLongTableIsAskedForByItsThread() {
    kernel
        .iterator()
        .read(
            record(5, 5, TICK, "five", 1),
            longTable(7, 8, TICK),
            longTable(9, 9, TICK),
            record(7, 7, TICK, "seven", 2))
        .readOfThread(8, record(7, 8, TICK, "seven", 3), record(7, 8, TICK, "seven", 1))
        .readOfThread(8, record(7, 8, TICK, "seven", 4));

    OwnerColumns owners = find(1, 2, 3, 4);

    assertThat(pids(owners, 0)).containsExactly(5, 7);
    assertThat(pids(owners, 1)).containsExactly(7);
    assertThat(pids(owners, 2)).containsExactly(7);
    assertThat(pids(owners, 3)).containsExactly(7);
    assertThat(kernel.opened()).isEqualTo(3);
  }

  @Test
  void whoHasNoPidHereIsNoOwner() {
    kernel.iterator().read(record(0, 4711, TICK, "outside", 1));

    assertThat(find(1).count(0)).isZero();
  }

  @Test
  void readsOnAfterAMillionDescriptorsWithoutASocket() {
    kernel.iterator().read(record(7, 7, TICK, "seven", 1));
    kernel.on("read").times(3).fail(Errno.EAGAIN);

    assertThat(pids(find(1), 0)).containsExactly(7);
  }

  @ParameterizedTest
  @CsvSource({"bpf_iter_create,24,EMFILE", "bpf_iter_create,12,ENOMEM", "read,12,ENOMEM"})
  void aCallThatFailsIsAnError(String call, int errno, String name) {
    kernel.iterator().read(record(7, 7, TICK, "seven", 1));
    kernel.on(call).fail(errno);

    assertThatThrownBy(() -> find(1))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("looking for the owners of sockets by eBPF")
        .hasMessageContaining(name);
  }

  @Test
  void isInterruptedSomeTimesButNotForever() {
    kernel.iterator().read(record(7, 7, TICK, "seven", 1));
    kernel.on("read").times(100).fail(Errno.EINTR);
    assertThat(pids(find(1), 0)).containsExactly(7);

    kernel.on("read").fail(Errno.EINTR);
    assertThatThrownBy(() -> find(1)).hasMessageContaining("EINTR");
  }

  @Test
  void aRecordThatIsCutIsAnError() {
    kernel.iterator().readCut(167);

    assertThatThrownBy(() -> find(1))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("the last of 167 bytes are cut");
  }

  private OwnerColumns find(long... inodes) {
    return ProcOwnerSourceTest.find(source, inodes);
  }
}
