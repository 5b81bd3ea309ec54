// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.table.SocketColumns.Column;
import io.tcptable.internal.table.TableComparison.Differences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableComparisonTest {

  private static final Set<Column> WITH_COOKIES =
      EnumSet.complementOf(EnumSet.of(Column.PID, Column.CREATION));
  private static final Set<Column> WITH_INODES =
      EnumSet.of(Column.QUEUES, Column.UID, Column.INODE, Column.TIMER);
  private static final Set<Column> OF_WINDOWS = EnumSet.of(Column.PID, Column.CREATION);

  private static final int ESTABLISHED = StateNumber.ESTABLISHED;
  private static final int TIME_WAIT = StateNumber.TIME_WAIT;
  private static final int LISTEN = StateNumber.LISTEN;

  private final TableComparison comparison = new TableComparison();

  /** One socket; the ports tell it apart from others unless the number must. */
  private record Socket(
      boolean v6, int state, int remotePort, int inode, long cookie, int receive, int send) {}

  private static Socket v4(int state, int remotePort, int inode) {
    return new Socket(false, state, remotePort, inode, 0, 0, 0);
  }

  private static SocketColumns table(Set<Column> fills, List<Socket> sockets) {
    return builder(fills, sockets).build();
  }

  private static SocketColumnsBuilder builder(Set<Column> fills, List<Socket> sockets) {
    SocketColumnsBuilder builder = new SocketColumnsBuilder();
    builder.start(SocketFilter.all(), fills);
    for (Socket socket : sockets) {
      builder.add(socket.v6, socket.state, 3001, socket.remotePort);
      if (socket.v6) {
        builder.addresses(1, 2, 3, 4L + socket.remotePort);
      } else {
        builder.addresses(1, 2);
      }
      builder.queues(socket.receive, socket.send);
      builder.identity(socket.inode, socket.cookie);
      builder.attributes(0, 0, -1);
    }
    return builder;
  }

  private Differences compare(Set<Column> fills, List<Socket> before, List<Socket> after) {
    return comparison.compare(
        table(fills, before),
        OwnerColumns.notLookedFor(),
        table(fills, after),
        OwnerColumns.notLookedFor());
  }

  /** Each list is a network namespace, in the order of their numbers. */
  private static SocketColumns namespaces(Set<Column> fills, List<List<Socket>> namespaces) {
    SocketColumnsBuilder all = new SocketColumnsBuilder();
    all.startNamespaces(SocketFilter.all());
    for (int number = 0; number < namespaces.size(); number++) {
      all.appendNamespace(builder(fills, namespaces.get(number)), number);
    }
    return all.build();
  }

  /** Two containers listen on the same port, and one of them ends: the numbers of both change. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void findsASocketInItsOwnNamespaceOnly(boolean withCookies) {
    Set<Column> fills = withCookies ? WITH_COOKIES : Set.of();
    Socket server = new Socket(false, LISTEN, 0, 1, 7, 0, 0);
    Socket waiting = new Socket(false, LISTEN, 0, 1, 7, 5, 0);
    SocketColumns earlier =
        namespaces(fills, List.of(List.of(), List.of(server), List.of(waiting)));
    SocketColumns later = namespaces(fills, List.of(List.of(), List.of(waiting), List.of(server)));

    Differences found =
        comparison.compare(
            earlier,
            OwnerColumns.notLookedFor(),
            later,
            OwnerColumns.notLookedFor(),
            new int[] {0, 2, -1});

    assertThat(found.queues()).as("of the one that stayed").isEmpty();
    assertThat(found.closed()).hasSize(1);
    assertThat(earlier.namespace(found.closed()[0])).isEqualTo(1);
    assertThat(found.opened()).hasSize(1);
    assertThat(later.namespace(found.opened()[0])).isEqualTo(2);
  }

  /** Against a comparison by maps, of tables in which a part of the sockets is replaced. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 255, 256, 1_000, 5_000})
  void findsWhatMapsFind(int count) {
    Random random = new Random(count);
    for (int round = 0; round < 5; round++) {
      List<Socket> before = new ArrayList<>();
      List<Socket> after = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        Socket socket = new Socket(i % 3 == 0, ESTABLISHED, i, i, i * 7L, random.nextInt(2), 0);
        before.add(socket);
        switch (random.nextInt(4)) {
          case 0 -> after.add(socket);
          case 1 -> after.add(new Socket(socket.v6, TIME_WAIT, i, 0, i * 7L, 0, 0));
          case 2 -> after.add(new Socket(socket.v6, ESTABLISHED, i, -i, -i, 0, 0));
          default -> {}
        }
      }
      Collections.shuffle(after, random);
      check(before, after);
    }
  }

  private void check(List<Socket> before, List<Socket> after) {
    SocketColumns earlier = table(WITH_COOKIES, before);
    SocketColumns later = table(WITH_COOKIES, after);
    Differences found =
        comparison.compare(
            earlier, OwnerColumns.notLookedFor(), later, OwnerColumns.notLookedFor());
    Map<Long, Integer> rowsBefore = rows(earlier);
    Map<Long, Integer> rowsAfter = rows(later);
    Set<Integer> opened = new TreeSet<>();
    Map<Integer, Integer> states = new TreeMap<>();
    Map<Integer, Integer> queues = new TreeMap<>();
    Set<Integer> closed = new TreeSet<>(rowsBefore.values());
    rowsAfter.forEach(
        (cookie, row) -> {
          Integer was = rowsBefore.get(cookie);
          if (was == null) {
            opened.add(row);
          } else {
            closed.remove(was);
            if (earlier.state(was) != later.state(row)) {
              states.put(row, was);
            }
            if (earlier.receiveQueue(was) != later.receiveQueue(row)) {
              queues.put(row, was);
            }
          }
        });
    assertThat(found.opened()).containsExactly(ints(opened));
    assertThat(found.closed()).containsExactly(ints(closed));
    assertThat(pairs(found.states())).isEqualTo(states);
    assertThat(pairs(found.queues())).isEqualTo(queues);
    assertThat(found.owners()).isEmpty();
    assertThat(found.accepted()).isEmpty();
    assertThat(found.uncertain()).isZero();
  }

  private static Map<Long, Integer> rows(SocketColumns table) {
    Map<Long, Integer> rows = new TreeMap<>();
    for (int row = 0; row < table.size(); row++) {
      rows.put(table.cookie(row), row);
    }
    return rows;
  }

  private static int[] ints(Set<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  private static Map<Integer, Integer> pairs(int[] pairs) {
    Map<Integer, Integer> byLater = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      byLater.put(pairs[i + 1], pairs[i]);
    }
    return byLater;
  }

  @Test
  void withoutCookiesTheInodeTellsSocketsBetweenTheSameEndsApart() {
    Differences found =
        compare(
            WITH_INODES,
            List.of(v4(LISTEN, 0, 11), v4(LISTEN, 0, 12), v4(ESTABLISHED, 40_000, 13)),
            List.of(v4(LISTEN, 0, 12), v4(LISTEN, 0, 14), v4(ESTABLISHED, 40_000, 15)));

    assertThat(found.closed()).containsExactly(0, 2);
    assertThat(found.opened()).containsExactly(1, 2);
    assertThat(found.uncertain()).isZero();
  }

  /** One that its process has closed has no inode; its ends are all that is left. */
  @Test
  void withoutAnInodeItIsNotSure() {
    Differences found =
        compare(
            WITH_INODES,
            List.of(v4(ESTABLISHED, 40_000, 13), v4(ESTABLISHED, 40_001, 14)),
            List.of(v4(StateNumber.FIN_WAIT_2, 40_000, 0), v4(ESTABLISHED, 40_001, 14)));

    assertThat(found.opened()).isEmpty();
    assertThat(found.closed()).isEmpty();
    assertThat(found.states()).containsExactly(0, 0);
    assertThat(found.uncertain()).isEqualTo(1);
  }

  @Test
  void whatHasAnInodeFromThenOnIsAccepted() {
    List<Socket> before =
        List.of(
            new Socket(false, ESTABLISHED, 40_000, 0, 1, 0, 0),
            new Socket(false, ESTABLISHED, 40_001, 0, 2, 0, 0),
            new Socket(false, ESTABLISHED, 40_002, 13, 3, 0, 0));
    List<Socket> after =
        List.of(
            new Socket(false, ESTABLISHED, 40_000, 0, 1, 0, 0),
            new Socket(false, ESTABLISHED, 40_001, 12, 2, 0, 0),
            new Socket(false, ESTABLISHED, 40_002, 0, 3, 0, 0),
            new Socket(false, ESTABLISHED, 40_003, 14, 4, 0, 0));

    assertThat(compare(WITH_COOKIES, before, after).accepted()).containsExactly(1, 1);
    assertThat(compare(WITH_INODES, before, after).accepted()).containsExactly(1, 1);
    assertThat(compare(OF_WINDOWS, before, after).accepted()).isEmpty();
  }

  /** The number comes before the ends, whichever socket is told first. */
  @Test
  void doesNotGiveAwayTheRowOfAnother() {
    Differences found =
        compare(
            WITH_INODES,
            List.of(v4(ESTABLISHED, 40_000, 0), v4(ESTABLISHED, 40_000, 13)),
            List.of(v4(ESTABLISHED, 40_000, 0), v4(ESTABLISHED, 40_000, 13)));

    assertThat(found.states()).isEmpty();
    assertThat(found.opened()).isEmpty();
    assertThat(found.closed()).isEmpty();
    assertThat(found.uncertain()).isEqualTo(1);
  }

  @Test
  void outOfTimeWaitNoneComesBack() {
    Differences found =
        compare(
            WITH_INODES,
            List.of(v4(TIME_WAIT, 40_000, 0), v4(TIME_WAIT, 40_001, 0)),
            List.of(v4(ESTABLISHED, 40_000, 15), v4(TIME_WAIT, 40_001, 0)));

    assertThat(found.opened()).containsExactly(0);
    assertThat(found.closed()).containsExactly(0);
    assertThat(found.states()).isEmpty();
    assertThat(found.uncertain()).isEqualTo(1);
  }

  /** In the place of the inode there is the PID, which says nothing of a socket. */
  @Test
  void windowsTellsWhenASocketWasMade() {
    Socket was = new Socket(true, ESTABLISHED, 40_000, 77, 1_000, 0, 0);
    Socket same = new Socket(true, StateNumber.CLOSE_WAIT, 40_000, 77, 1_000, 0, 0);
    Socket other = new Socket(true, ESTABLISHED, 40_000, 77, 2_000, 0, 0);

    assertThat(compare(OF_WINDOWS, List.of(was), List.of(same)).states()).containsExactly(0, 0);
    assertThat(compare(OF_WINDOWS, List.of(was), List.of(same)).uncertain()).isZero();
    assertThat(compare(OF_WINDOWS, List.of(was), List.of(other)).opened()).containsExactly(0);
    assertThat(compare(OF_WINDOWS, List.of(was), List.of(other)).closed()).containsExactly(0);
  }

  @Test
  void aLimitThatIsNotToldIsNoDifference() {
    Socket one = new Socket(false, LISTEN, 0, 11, 0, 3, 128);
    Socket other = new Socket(false, LISTEN, 0, 11, 0, 3, 0);

    assertThat(compare(WITH_INODES, List.of(one), List.of(other)).queues()).isEmpty();
    assertThat(compare(WITH_COOKIES, List.of(one), List.of(other)).queues()).containsExactly(0, 0);
  }

  @Test
  void ownersAreComparedByProcess() {
    SocketColumns sockets = table(WITH_INODES, List.of(v4(LISTEN, 0, 11), v4(LISTEN, 1, 12)));
    OwnerColumns first = owners(sockets, process(5, 100, "web"), 11, 12);
    OwnerColumns renamed = owners(sockets, process(5, 100, "web2"), 11, 12);
    OwnerColumns reused = owners(sockets, process(5, 200, "web"), 11);

    assertThat(comparison.compare(sockets, first, sockets, renamed).owners()).isEmpty();
    // Of the second socket it is not known.
    assertThat(comparison.compare(sockets, first, sockets, reused).owners()).containsExactly(0, 0);
    assertThat(comparison.compare(sockets, first, sockets, OwnerColumns.notLookedFor()).owners())
        .isEmpty();
  }

  private static ProcessIdentity process(int pid, long start, String name) {
    return new ProcessIdentity(pid, start, Instant.EPOCH, name);
  }

  private static OwnerColumns owners(
      SocketColumns sockets, ProcessIdentity process, int... inodes) {
    OwnerSearch search = new OwnerSearch();
    search.start(sockets);
    OwnerSearch.Share share = search.share();
    for (int inode : inodes) {
      share.found(search.indexOf(inode));
    }
    share.commit(process);
    return search.finish(sockets);
  }
}
