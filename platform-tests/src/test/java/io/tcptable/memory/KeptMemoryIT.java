// SPDX-License-Identifier: Apache-2.0
package io.tcptable.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.table.OwnerColumns;
import io.tcptable.internal.table.OwnerSearch;
import io.tcptable.internal.table.ProcessIdentity;
import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.SocketColumns.Column;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How many bytes a table keeps for each socket, owners included, whatever the sockets. */
class KeptMemoryIT {

  private static final int SOCKETS = 10_000;

  /** What there is once: headers of arrays, and each user and interface. */
  private static final int ONCE = 1024 + 16 * Sockets.ATTRIBUTES;

  private static final int ESTABLISHED = 1;
  private static final int OLDEST_COOKIE = 1 << 30;
  private static final long NEWEST_COOKIE = (1L << 40) - 1;

  private final Random random = new Random(1);

  @Test
  void ofIpv4() throws IllegalAccessException {
    assertAtMost(40, Sockets.IPV4);
  }

  @Test
  void ofIpv6ToDistinctPeers() throws IllegalAccessException {
    assertAtMost(64, Sockets.IPV6_PEERS);
  }

  @Test
  void ofIpv6WithEachAddressThereOnce() throws IllegalAccessException {
    assertAtMost(64, Sockets.IPV6_BOTH);
  }

  @Test
  void isLessWhereNothingHappens() throws IllegalAccessException {
    SocketColumnsBuilder idle = builder(false);
    for (int i = 0; i < SOCKETS; i++) {
      idle.add(false, ESTABLISHED, 3001, i);
      idle.addresses(i, i);
      idle.identity(1 + i, 1 + i);
      idle.attributes(0, 0, -1);
    }
    SocketColumns columns = idle.build();

    assertThat(ofSockets(columns, owners(columns, 1, 1))).isLessThan(28 * SOCKETS);
  }

  @Test
  void isTwentyMoreWithDetail() throws IllegalAccessException {
    SocketColumns columns = fill(Sockets.IPV6_BOTH, builder(true));

    assertThat(ofSockets(columns, owners(columns, 250, 1)))
        .isLessThanOrEqualTo((64 + 20) * SOCKETS + ONCE);
  }

  /** As of a server that forks after it has accepted. */
  @Test
  void isNoMoreWhereAllSocketsAreSharedByTheSameProcesses() throws IllegalAccessException {
    SocketColumns columns = fill(Sockets.IPV6_BOTH, builder(false));
    OwnerColumns owners = owners(columns, 8, 8);

    assertThat(owners.count(SOCKETS - 1)).isEqualTo(8);
    assertThat(ofSockets(columns, owners)).isLessThanOrEqualTo(64 * SOCKETS + ONCE);
  }

  private void assertAtMost(long bytes, Sockets kind) throws IllegalAccessException {
    SocketColumns columns = fill(kind, builder(false));
    for (int processes : new int[] {1, 254, 255, 5_000}) {
      OwnerColumns owners = owners(columns, processes, 1);
      assertThat(ofSockets(columns, owners))
          .as("%s of %d processes", kind, processes)
          .isLessThanOrEqualTo(bytes * SOCKETS + ONCE)
          .isGreaterThan((bytes - 4) * SOCKETS);
    }
  }

  /** All but the processes, each of which is there once. */
  private static long ofSockets(SocketColumns columns, OwnerColumns owners)
      throws IllegalAccessException {
    Object[] processes = new Object[owners.processCount()];
    Arrays.setAll(processes, owners::process);
    return KeptBytes.of(columns, owners) - KeptBytes.of((Object) processes);
  }

  private static SocketColumnsBuilder builder(boolean detail) {
    SocketFilter all = SocketFilter.all();
    SocketColumnsBuilder builder = new SocketColumnsBuilder();
    builder.start(detail ? all.withDetail() : all, EnumSet.allOf(Column.class));
    return builder;
  }

  /** What a socket may look like, with figures as high as they get. */
  private enum Sockets {
    IPV4,
    IPV6_PEERS,
    IPV6_BOTH;

    static final int ATTRIBUTES = 300;
  }

  private SocketColumns fill(Sockets kind, SocketColumnsBuilder builder) {
    for (int i = 0; i < SOCKETS; i++) {
      builder.add(kind != Sockets.IPV4, ESTABLISHED, random.nextInt(65_536), i);
      if (kind == Sockets.IPV4) {
        builder.addresses(random.nextInt(), random.nextInt());
      } else {
        boolean both = kind == Sockets.IPV6_BOTH;
        builder.addresses(
            both ? random.nextLong() : 1,
            both ? random.nextLong() : 1,
            random.nextLong(),
            random.nextLong());
      }
      builder.queues(random.nextInt(), random.nextInt());
      builder.identity(
          1 + i, i == 0 ? OLDEST_COOKIE : NEWEST_COOKIE - random.nextInt(OLDEST_COOKIE));
      builder.timer(1 + i % 4, random.nextInt(), i % 16);
      builder.v6Only(kind != Sockets.IPV4);
      builder.attributes(i % Sockets.ATTRIBUTES, 1, i % 3);
    }
    return builder.build();
  }

  /** Each socket goes to so many processes in turn. */
  private static OwnerColumns owners(SocketColumns columns, int processes, int each) {
    OwnerSearch search = new OwnerSearch();
    search.start(columns);
    OwnerSearch.Share share = search.share();
    for (int process = 0; process < processes; process++) {
      for (int row = 0; row < columns.size(); row++) {
        if (Math.floorMod(row - process, processes) < each) {
          share.found(search.indexOf(columns.inode(row)));
        }
      }
      share.commit(new ProcessIdentity(1 + process, 1, Instant.EPOCH, "server"));
    }
    return search.finish(columns);
  }
}
