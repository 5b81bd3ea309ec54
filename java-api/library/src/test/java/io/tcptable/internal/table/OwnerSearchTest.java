// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OwnerSearchTest {

  private static final int ESTABLISHED = 1;

  private final OwnerSearch search = new OwnerSearch();

  @Test
  void nothingIsWantedOfSocketsWithoutInode() {
    SocketColumns sockets = sockets(0, 0);
    search.start(sockets);

    assertThat(search.isEmpty()).isTrue();
    assertThat(search.indexOf(0)).isNegative();
    OwnerColumns owners = search.finish(sockets);
    assertThat(owners.isNone(0)).isTrue();
    assertThat(owners.isNone(1)).isTrue();
    assertThat(owners.count(0)).isZero();
  }

  @Test
  void findsWhatIsWantedAndNothingElse() {
    search.start(sockets(7, 1 + (1L << 31), 0, 8));

    assertThat(search.isEmpty()).isFalse();
    assertThat(List.of(search.indexOf(7), search.indexOf(1 + (1L << 31)), search.indexOf(8)))
        .doesNotHaveDuplicates()
        .allSatisfy(index -> assertThat(index).isBetween(0, 2));
    assertThat(search.indexOf(9)).isNegative();
  }

  @Test
  void tellsApartNobodyOneSeveralAndUnknown() {
    SocketColumns sockets = sockets(11, 0, 12, 13, 14);
    search.start(sockets);
    OwnerSearch.Share late = search.share();
    OwnerSearch.Share early = search.share();
    process(late, 300, 12, 13);
    process(early, 200, 11, 12);
    process(early, 100, 12);

    OwnerColumns owners = search.finish(sockets);

    assertThat(pids(owners, 0)).containsExactly(200);
    assertThat(pids(owners, 1)).isEmpty();
    assertThat(owners.isNone(1)).isTrue();
    assertThat(pids(owners, 2)).containsExactly(100, 200, 300);
    assertThat(pids(owners, 3)).containsExactly(300);
    assertThat(pids(owners, 4)).isEmpty();
    assertThat(owners.isNone(4)).isFalse();
  }

  @Test
  void oneProcessWithSeveralDescriptorsIsOneOwner() {
    SocketColumns sockets = sockets(11, 12);
    search.start(sockets);
    OwnerSearch.Share share = search.share();
    process(share, 5, 11, 11, 12, 11);
    process(share, 6, 12, 12);

    OwnerColumns owners = search.finish(sockets);

    assertThat(pids(owners, 0)).containsExactly(5);
    assertThat(pids(owners, 1)).containsExactly(5, 6);
  }

  @Test
  void socketsWithTheSameOwnersAndSocketsWithOthers() {
    SocketColumns sockets = sockets(11, 12, 13, 14, 15);
    search.start(sockets);
    OwnerSearch.Share share = search.share();
    process(share, 5, 11, 12, 13, 14, 15);
    process(share, 6, 11, 12, 14);
    process(share, 7, 13, 14, 15);

    OwnerColumns owners = search.finish(sockets);

    assertThat(pids(owners, 0)).containsExactly(5, 6);
    assertThat(pids(owners, 1)).containsExactly(5, 6);
    assertThat(pids(owners, 2)).containsExactly(5, 7);
    assertThat(pids(owners, 3)).containsExactly(5, 6, 7);
    assertThat(pids(owners, 4)).containsExactly(5, 7);
  }

  @Test
  void aProcessThatWentAwayOrMayNotBeReadOwnsNothing() {
    SocketColumns sockets = sockets(11, 12);
    search.start(sockets);
    OwnerSearch.Share share = search.share();
    share.found(search.indexOf(11));
    assertThat(share.foundAny()).isTrue();
    share.discard();
    assertThat(share.foundAny()).isFalse();
    share.found(search.indexOf(11));
    share.unreadable();
    process(share, 5, 12);

    OwnerColumns owners = search.finish(sockets);

    assertThat(pids(owners, 0)).isEmpty();
    assertThat(pids(owners, 1)).containsExactly(5);
    assertThat(owners.unreadable()).isEqualTo(1);
    assertThat(owners.processCount()).isEqualTo(1);
  }

  /** In the room of the larger one stands what must not be found again. */
  @Test
  void aSmallSearchAfterALargerOne() {
    everySecondOf(5_000);
    SocketColumns few = sockets(5, 6, 0);
    search.start(few);
    assertThat(search.indexOf(7)).isNegative();
    assertThat(search.indexOf(4_999)).isNegative();
    process(search.share(), 9, 6);

    OwnerColumns owners = search.finish(few);

    assertThat(pids(owners, 0)).isEmpty();
    assertThat(owners.isNone(0)).isFalse();
    assertThat(pids(owners, 1)).containsExactly(9);
    assertThat(owners.isNone(2)).isTrue();
    assertThat(owners.processCount()).isEqualTo(1);
    assertThat(owners.unreadable()).isZero();
  }

  @Test
  void growsFromOneSearchToTheNext() {
    for (int size : new int[] {1, 127, 128, 129, 256, 4_095, 4_097, 3}) {
      everySecondOf(size);
    }
  }

  /** What was handed out stays as it is, whatever the search is used for next. */
  @Test
  void anAnswerDoesNotChangeWithTheNextSearch() {
    SocketColumns sockets = sockets(11, 12);
    search.start(sockets);
    OwnerSearch.Share share = search.share();
    process(share, 5, 11, 12);
    process(share, 6, 12);
    OwnerColumns owners = search.finish(sockets);

    everySecondOf(200);

    assertThat(pids(owners, 0)).containsExactly(5);
    assertThat(pids(owners, 1)).containsExactly(5, 6);
  }

  /** Sockets with inodes from 1 on, of which one process holds the odd ones. */
  private void everySecondOf(int size) {
    SocketColumns sockets = sockets(IntStream.rangeClosed(1, size).asLongStream().toArray());
    search.start(sockets);
    OwnerSearch.Share share = search.share();
    process(share, 77, IntStream.rangeClosed(1, size).filter(i -> i % 2 == 1).toArray());
    share.unreadable();
    OwnerColumns owners = search.finish(sockets);
    for (int row = 0; row < size; row++) {
      assertThat(pids(owners, row)).isEqualTo(row % 2 == 0 ? List.of(77) : List.of());
      assertThat(owners.isNone(row)).isFalse();
    }
    assertThat(owners.unreadable()).isEqualTo(1);
  }

  private void process(OwnerSearch.Share share, int pid, int... inodes) {
    for (int inode : inodes) {
      share.found(search.indexOf(inode));
    }
    share.commit(new ProcessIdentity(pid, 1, Instant.EPOCH, "server"));
  }

  private static List<Integer> pids(OwnerColumns owners, int row) {
    return IntStream.range(0, owners.count(row))
        .mapToObj(n -> owners.process(owners.owner(row, n)).pid())
        .toList();
  }

  private static SocketColumns sockets(long... inodes) {
    SocketColumnsBuilder builder = new SocketColumnsBuilder();
    builder.start(SocketFilter.all(), EnumSet.allOf(SocketColumns.Column.class));
    for (long inode : inodes) {
      builder.add(false, ESTABLISHED, 3001, 0);
      builder.identity((int) inode, 0);
      builder.attributes(0, 0, 0);
    }
    return builder.build();
  }
}
