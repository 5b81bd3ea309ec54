package io.tcptable.internal.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The question "which processes hold these sockets?" and its answer as it comes in. Each thread
 * that looks takes a {@link Share} of its own; the question itself may be read by all of them.
 *
 * <p>Reusable, and only {@link #start}, {@link #share} and {@link #finish} touch what is shared:
 * one thread calls the first and the last, before and after the others.
 */
public final class OwnerSearch {

  private int[] slots = new int[256];
  private int[] inodes = new int[128];
  private int wanted;
  private final List<Share> shares = new ArrayList<>();

  /** Asks for the owners of all sockets that have an inode. */
  public void start(SocketColumns sockets) {
    int room = Math.max(256, Integer.highestOneBit(Math.max(1, sockets.size())) << 2);
    if (slots.length < room) {
      slots = new int[room];
      inodes = new int[room / 2];
    } else {
      Arrays.fill(slots, 0);
    }
    wanted = 0;
    shares.clear();
    for (int row = 0; row < sockets.size(); row++) {
      if (sockets.inode(row) != 0) {
        want((int) sockets.inode(row));
      }
    }
  }

  private void want(int inode) {
    int mask = slots.length - 1;
    int slot = Hash.of(inode) & mask;
    while (slots[slot] != 0) {
      if (inodes[slots[slot] - 1] == inode) {
        return;
      }
      slot = (slot + 1) & mask;
    }
    inodes[wanted] = inode;
    slots[slot] = ++wanted;
  }

  /** Whether there is nothing to look for. */
  public boolean isEmpty() {
    return wanted == 0;
  }

  /** The number of the socket with this inode, or -1 if nobody asked for it. */
  public int indexOf(long inode) {
    int mask = slots.length - 1;
    int key = (int) inode;
    for (int slot = Hash.of(key) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
      if (inodes[slots[slot] - 1] == key) {
        return slots[slot] - 1;
      }
    }
    return -1;
  }

  /** A place for one thread to put what it finds. */
  public synchronized Share share() {
    Share share = new Share();
    shares.add(share);
    return share;
  }

  /** Joins what was found to the sockets the search was started for. */
  public OwnerColumns finish(SocketColumns sockets) {
    List<Finding> findings = new ArrayList<>();
    int unreadable = 0;
    for (Share share : shares) {
      findings.addAll(share.findings);
      unreadable += share.unreadable;
    }
    findings.sort(Comparator.comparingInt(finding -> finding.process.pid()));
    int[] owner = new int[wanted];
    Arrays.fill(owner, OwnerColumns.UNKNOWN);
    Pairs more = new Pairs();
    for (int process = 0; process < findings.size(); process++) {
      Finding finding = findings.get(process);
      for (int i = finding.from; i < finding.to; i++) {
        int index = finding.share.found[i];
        if (owner[index] == OwnerColumns.UNKNOWN) {
          owner[index] = process;
        } else if (owner[index] != process) {
          more.add(index, process);
        }
      }
    }
    int[] shared = more.moveTo(owner);
    int[] ownerOfRow = new int[sockets.size()];
    for (int row = 0; row < ownerOfRow.length; row++) {
      long inode = sockets.inode(row);
      ownerOfRow[row] = inode == 0 ? OwnerColumns.NONE : owner[indexOf(inode)];
    }
    ProcessIdentity[] processes =
        findings.stream().map(Finding::process).toArray(ProcessIdentity[]::new);
    return new OwnerColumns(ownerOfRow, shared, processes, unreadable);
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
  }

  /** The second and further owners of sockets, few as a rule. */
  private static final class Pairs {

    private long[] pairs = new long[16];
    private int size;

    void add(int index, int process) {
      if (size == pairs.length) {
        pairs = Arrays.copyOf(pairs, 2 * size);
      }
      pairs[size++] = ((long) index << 32) | process;
    }

    /**
     * Writes a list of owners, its length first, for each socket that has several, and points the
     * socket's own place to its list.
     */
    int[] moveTo(int[] owner) {
      Arrays.sort(pairs, 0, size);
      int[] shared = new int[3 * size];
      int end = 0;
      int list = 0;
      for (int i = 0; i < size; i++) {
        int index = (int) (pairs[i] >>> 32);
        if (i == 0 || index != (int) (pairs[i - 1] >>> 32)) {
          list = end;
          shared[end++] = 1;
          shared[end++] = owner[index];
          owner[index] = OwnerColumns.sharedAt(list);
        } else if (pairs[i] == pairs[i - 1]) {
          continue;
        }
        shared[list]++;
        shared[end++] = (int) pairs[i];
      }
      return Arrays.copyOf(shared, end);
    }
  }
}
