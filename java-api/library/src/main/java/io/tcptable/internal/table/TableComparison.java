// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

import io.tcptable.internal.table.SocketColumns.Column;
import java.util.Arrays;

/**
 * Finds the sockets of one table again in a later one, and what is different. Works on the columns:
 * makes no object for a socket. Reusable, in the room it has grown to; by one thread at a time.
 *
 * <p>Where both tables have the kernel's cookies, a socket is found by its own. Otherwise it is
 * found by both ends and a number: the inode, or the time when it was made. A number may be
 * missing, as that of a socket that its process has closed; then both ends alone must do. None of
 * these tells sockets of different network namespaces apart: a socket is found in its own only.
 */
public final class TableComparison {

  /** Where tables are of one network namespace, which is not numbered. */
  private static final int[] ONE_NAMESPACE = {};

  private static final int FEWEST_SLOTS = 256;

  /** Out of this state no socket comes back: one between the same ends is another. */
  private static final int LAST_STATE = StateNumber.TIME_WAIT;

  private SocketColumns before = SocketColumns.EMPTY;
  private SocketColumns after = SocketColumns.EMPTY;
  private boolean byCookie;
  private Column number = Column.INODE;
  private boolean withNumber;
  private int[] namespaces = ONE_NAMESPACE;

  /** Where to find a row of the earlier table: its number and 1, or 0. */
  private int[] slots = new int[FEWEST_SLOTS];

  private int mask;

  /** For each row of the later table, the row of the earlier one and 1, or 0. */
  private int[] found = new int[FEWEST_SLOTS / 2];

  /** Which rows of the earlier table were found. */
  private boolean[] taken = new boolean[FEWEST_SLOTS / 2];

  private final RowList opened = new RowList();
  private final RowList closed = new RowList();
  private final RowList states = new RowList();
  private final RowList owners = new RowList();
  private final RowList accepted = new RowList();
  private final RowList queues = new RowList();
  private int uncertain;

  /** Compares two tables of one network namespace. */
  public Differences compare(
      SocketColumns earlier,
      OwnerColumns earlierOwners,
      SocketColumns later,
      OwnerColumns laterOwners) {
    return compare(earlier, earlierOwners, later, laterOwners, ONE_NAMESPACE);
  }

  /**
   * Compares two tables.
   *
   * @param namespacesBefore which number each network namespace of the later table has in the
   *     earlier one; below zero for one that is not there
   */
  public Differences compare(
      SocketColumns earlier,
      OwnerColumns earlierOwners,
      SocketColumns later,
      OwnerColumns laterOwners,
      int[] namespacesBefore) {
    before = earlier;
    after = later;
    namespaces = namespacesBefore;
    try {
      start();
      pair();
      list(earlierOwners, laterOwners);
      return new Differences(
          opened.toArray(),
          closed.toArray(),
          states.toArray(),
          owners.toArray(),
          accepted.toArray(),
          queues.toArray(),
          uncertain);
    } finally {
      // Pooled: it must not keep a table.
      before = SocketColumns.EMPTY;
      after = SocketColumns.EMPTY;
      namespaces = ONE_NAMESPACE;
    }
  }

  private void start() {
    byCookie = before.has(Column.COOKIE) && after.has(Column.COOKIE);
    boolean dated = before.has(Column.CREATION) && after.has(Column.CREATION);
    number = dated ? Column.CREATION : Column.INODE;
    withNumber = dated || (before.has(Column.INODE) && after.has(Column.INODE));
    int room = Math.max(FEWEST_SLOTS, Integer.highestOneBit(Math.max(1, before.size())) << 2);
    if (slots.length < room) {
      slots = new int[room];
      taken = new boolean[room / 2];
    } else {
      Arrays.fill(slots, 0, room, 0);
      Arrays.fill(taken, 0, before.size(), false);
    }
    mask = room - 1;
    if (found.length < after.size()) {
      found = new int[Integer.highestOneBit(after.size()) << 1];
    } else {
      Arrays.fill(found, 0, after.size(), 0);
    }
    for (int row = 0; row < before.size(); row++) {
      int slot = hash(before, row) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = row + 1;
    }
  }

  private int hash(SocketColumns table, int row) {
    return byCookie ? Hash.of(table.cookie(row)) : table.hashOfEnds(row);
  }

  private void pair() {
    uncertain = 0;
    for (int row = 0; row < after.size(); row++) {
      find(row, true);
    }
    if (!byCookie) {
      for (int row = 0; row < after.size(); row++) {
        if (found[row] == 0 && find(row, false)) {
          uncertain++;
        }
      }
    }
  }

  private boolean find(int row, boolean surely) {
    for (int slot = hash(after, row) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
      int candidate = slots[slot] - 1;
      if (!taken[candidate]
          && isInSameNamespace(candidate, row)
          && (surely ? isSame(candidate, row) : maybeSame(candidate, row))) {
        taken[candidate] = true;
        found[row] = candidate + 1;
        return true;
      }
    }
    return false;
  }

  private boolean isInSameNamespace(int candidate, int row) {
    return namespaces.length == 0
        || before.namespace(candidate) == namespaces[after.namespace(row)];
  }

  private boolean isSame(int candidate, int row) {
    if (byCookie) {
      return before.cookie(candidate) == after.cookie(row);
    }
    return withNumber
        && number(before, candidate) != 0
        && number(before, candidate) == number(after, row)
        && before.hasSameEnds(candidate, after, row);
  }

  /** Both ends are the same, and nothing says that it is another. */
  private boolean maybeSame(int candidate, int row) {
    boolean unnumbered = !withNumber || number(before, candidate) == 0 || number(after, row) == 0;
    boolean cameBack = before.state(candidate) == LAST_STATE && after.state(row) != LAST_STATE;
    return unnumbered && !cameBack && before.hasSameEnds(candidate, after, row);
  }

  private long number(SocketColumns table, int row) {
    return number == Column.CREATION ? table.cookie(row) : table.inode(row);
  }

  private void list(OwnerColumns ownersBefore, OwnerColumns ownersAfter) {
    opened.clear();
    closed.clear();
    states.clear();
    owners.clear();
    accepted.clear();
    queues.clear();
    boolean lookedFor = ownersBefore.wereLookedFor() && ownersAfter.wereLookedFor();
    for (int row = 0; row < after.size(); row++) {
      int earlier = found[row] - 1;
      if (earlier < 0) {
        opened.add(row);
        continue;
      }
      if (before.state(earlier) != after.state(row)) {
        states.add(earlier, row);
      }
      if (lookedFor && ownersBefore.differs(earlier, ownersAfter, row)) {
        owners.add(earlier, row);
      }
      if (isAccepted(earlier, row)) {
        accepted.add(earlier, row);
      }
      if (queueDiffers(earlier, row)) {
        queues.add(earlier, row);
      }
    }
    for (int row = 0; row < before.size(); row++) {
      if (!taken[row]) {
        closed.add(row);
      }
    }
  }

  /** It has an inode from the time on when a process has taken it. */
  private boolean isAccepted(int earlier, int row) {
    return before.has(Column.INODE)
        && after.has(Column.INODE)
        && before.inode(earlier) == 0
        && after.inode(row) != 0;
  }

  private boolean queueDiffers(int earlier, int row) {
    if (!before.has(Column.QUEUES) || !after.has(Column.QUEUES)) {
      return false;
    }
    boolean isLimit =
        before.state(earlier) == StateNumber.LISTEN || after.state(row) == StateNumber.LISTEN;
    boolean knowsSend =
        !isLimit || (before.has(Column.ACCEPT_QUEUE_LIMIT) && after.has(Column.ACCEPT_QUEUE_LIMIT));
    return before.receiveQueue(earlier) != after.receiveQueue(row)
        || (knowsSend && before.sendQueue(earlier) != after.sendQueue(row));
  }

  /**
   * What is different. Of a socket that is in both tables, the row of the earlier one comes first,
   * then that of the later one.
   *
   * @param opened rows of the later table
   * @param closed rows of the earlier table
   * @param states pairs of rows of sockets in another state
   * @param owners pairs of rows of sockets with other owners
   * @param accepted pairs of rows of sockets that a process has taken
   * @param queues pairs of rows of sockets with another length of a queue
   * @param uncertain how many sockets were found again by both ends alone
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Differences(
      int[] opened,
      int[] closed,
      int[] states,
      int[] owners,
      int[] accepted,
      int[] queues,
      int uncertain) {}
}
