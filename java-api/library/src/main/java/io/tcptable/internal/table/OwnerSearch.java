// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

import io.tcptable.internal.table.SocketColumns.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The question "which processes hold these sockets?" and its answer as it comes in. Each thread
 * that looks takes a {@link Share} of its own; the question itself may be read by all of them.
 *
 * <p>Reusable, in the room it has grown to; and only {@link #start}, {@link #share} and {@link
 * #finish} touch what is shared: one thread calls the first and the last, before and after the
 * others.
 */
public final class OwnerSearch {

  private static final int FEWEST_SLOTS = 256;
  private static final int NO_INODE = -1;

  /** Where to find an inode: its number and 1, or 0. */
  private int[] slots = new int[FEWEST_SLOTS];

  /** How many of the slots this search uses, less 1. */
  private int mask;

  /** The only process that is asked about; 0 if all are. */
  private int pid;

  private int wanted;
  private int[] inodes = new int[FEWEST_SLOTS / 2];
  private int[] owner = new int[FEWEST_SLOTS / 2];

  /** Whether sockets tell when they were made. */
  private boolean dated;

  /** If so, the newest of each number. */
  private long[] newest = new long[0];

  /** The number of each row's inode, later the row's owner. */
  private int[] rows = new int[FEWEST_SLOTS / 2];

  private final List<Share> shares = new ArrayList<>();
  private int sharesTaken;
  private final List<Finding> findings = new ArrayList<>();
  private final SharedOwners shared = new SharedOwners();

  /** Asks for the owners of all sockets that have an inode. */
  public void start(SocketColumns sockets) {
    start(sockets, 0);
  }

  /**
   * Asks which of them one process owns, and for no other owner.
   *
   * @param only its PID, 0 for all processes
   */
  public void start(SocketColumns sockets, int only) {
    pid = only;
    int room = Math.max(FEWEST_SLOTS, Integer.highestOneBit(Math.max(1, sockets.size())) << 2);
    if (slots.length < room) {
      slots = new int[room];
      inodes = new int[room / 2];
      owner = new int[room / 2];
      rows = new int[room / 2];
    } else {
      Arrays.fill(slots, 0, room, 0);
    }
    mask = room - 1;
    wanted = 0;
    sharesTaken = 0;
    for (int row = 0; row < sockets.size(); row++) {
      int inode = (int) sockets.inode(row);
      rows[row] = inode == 0 ? NO_INODE : want(inode);
    }
    dated = sockets.has(Column.CREATION);
    newest = dated ? newest(sockets) : newest;
  }

  private long[] newest(SocketColumns sockets) {
    long[] times = new long[wanted];
    for (int row = 0; row < sockets.size(); row++) {
      if (rows[row] != NO_INODE) {
        times[rows[row]] = Math.max(times[rows[row]], sockets.creation(row));
      }
    }
    return times;
  }

  private int want(int inode) {
    int slot = Hash.of(inode) & mask;
    while (slots[slot] != 0) {
      if (inodes[slots[slot] - 1] == inode) {
        return slots[slot] - 1;
      }
      slot = (slot + 1) & mask;
    }
    inodes[wanted] = inode;
    slots[slot] = ++wanted;
    return wanted - 1;
  }

  /** The only process to look into; 0 for all of them. */
  public int pid() {
    return pid;
  }

  /** Whether to look into this process. */
  public boolean concerns(int process) {
    return pid == 0 || pid == process;
  }

  /** Whether there is nothing to look for. */
  public boolean isEmpty() {
    return wanted == 0;
  }

  /** The number of the socket with this inode, or -1 if it is not searched for. */
  public int indexOf(long inode) {
    int key = (int) inode;
    for (int slot = Hash.of(key) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
      if (inodes[slots[slot] - 1] == key) {
        return slots[slot] - 1;
      }
    }
    return -1;
  }

  /**
   * Whether a process that started then may hold any of the sockets of this number. Where sockets
   * are told apart by PIDs alone, an older one may be of an earlier process with the same PID.
   *
   * @param start by the clock of {@link Column#CREATION}
   */
  public boolean mayHold(int index, long start) {
    return !dated || newest[index] >= start;
  }

  /** A place for one thread to put what it finds. */
  public synchronized Share share() {
    if (sharesTaken == shares.size()) {
      shares.add(new Share());
    }
    Share share = shares.get(sharesTaken++);
    share.clear();
    return share;
  }

  /** Joins what was found to the sockets the search was started for. */
  public OwnerColumns finish(SocketColumns sockets) {
    int unreadable = 0;
    boolean hidden = false;
    findings.clear();
    for (Share share : shares.subList(0, sharesTaken)) {
      findings.addAll(share.findings);
      unreadable += share.unreadable;
      hidden |= share.hidden;
    }
    findings.sort((one, other) -> Integer.compare(one.process.pid(), other.process.pid()));
    ProcessIdentity[] processes = new ProcessIdentity[findings.size()];
    Arrays.setAll(processes, i -> findings.get(i).process);
    join();
    int[] lists = shared.moveTo(owner, processes.length);
    for (int row = 0; row < sockets.size(); row++) {
      int code = rows[row] == NO_INODE ? OwnerColumns.NONE : owner[rows[row]];
      boolean earlier = dated && isOfEarlier(sockets, row, code, processes);
      rows[row] = earlier ? OwnerColumns.UNKNOWN : code;
    }
    return new OwnerColumns(
        new PackedColumn(rows, sockets.size(), 0), lists, processes, unreadable, hidden);
  }

  /** Whether the socket was made before the process started that has the PID now. */
  private static boolean isOfEarlier(
      SocketColumns sockets, int row, int code, ProcessIdentity[] processes) {
    int process = code - OwnerColumns.FIRST_PROCESS;
    return process >= 0
        && process < processes.length
        && sockets.creation(row) < processes[process].start();
  }

  private void join() {
    Arrays.fill(owner, 0, wanted, OwnerColumns.UNKNOWN);
    shared.clear();
    for (int process = 0; process < findings.size(); process++) {
      Finding finding = findings.get(process);
      int code = OwnerColumns.FIRST_PROCESS + process;
      for (int i = finding.from; i < finding.to; i++) {
        int index = finding.share.found[i];
        if (owner[index] == OwnerColumns.UNKNOWN) {
          owner[index] = code;
        } else if (owner[index] != code) {
          shared.add(index, process);
        }
      }
    }
  }

  /** One process and the sockets it holds, which stand in its share from one index to another. */
  private record Finding(ProcessIdentity process, Share share, int from, int to) {}

  /** What one thread has found. */
  public static final class Share {

    private final List<Finding> findings = new ArrayList<>();
    private int[] found = new int[64];
    private int committed;
    private int size;
    private int unreadable;
    private boolean hidden;

    private void clear() {
      findings.clear();
      committed = 0;
      size = 0;
      unreadable = 0;
      hidden = false;
    }

    /** Notes that the process now being looked into holds the wanted socket of this number. */
    public void found(int index) {
      if (size == found.length) {
        found = Arrays.copyOf(found, 2 * size);
      }
      found[size++] = index;
    }

    /** Whether the process now being looked into holds any of the wanted sockets. */
    public boolean foundAny() {
      return size > committed;
    }

    /** Ends the look into a process that stayed the same all the while. */
    public void commit(ProcessIdentity process) {
      findings.add(new Finding(process, this, committed, size));
      committed = size;
    }

    /** Ends the look into a process that went away meanwhile: it holds nothing any more. */
    public void discard() {
      size = committed;
    }

    /** Counts a process that may not be looked into. */
    public void unreadable() {
      discard();
      unreadable++;
    }

    /** Notes that there are processes that are not even listed. */
    public void hidden() {
      hidden = true;
    }
  }
}
