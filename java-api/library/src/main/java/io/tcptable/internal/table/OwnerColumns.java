// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

import java.util.Arrays;

/**
 * Who owns the sockets of a table, and the list of processes once. Immutable, so any number of
 * threads may read it.
 *
 * <p>One byte a socket up to 254 processes, two up to 65,534. Where a socket has several owners,
 * their list takes 4 bytes for each of them and 4 more, once for neighbours with the same owners.
 */
public final class OwnerColumns {

  /** Some process holds the socket, but none was found that could be looked into. */
  static final int UNKNOWN = 0;

  /** No process holds the socket: only the kernel does, still or already. */
  static final int NONE = 1;

  /** From here on, the processes, and after them the places of lists of processes. */
  static final int FIRST_PROCESS = 2;

  private final PackedColumn owner;
  private final int[] shared;
  private final ProcessIdentity[] processes;
  private final int unreadable;
  private final boolean hidden;

  OwnerColumns(
      PackedColumn owner,
      int[] shared,
      ProcessIdentity[] processes,
      int unreadable,
      boolean hidden) {
    this.owner = owner;
    this.shared = shared;
    this.processes = processes;
    this.unreadable = unreadable;
    this.hidden = hidden;
  }

  /** Owners were not looked for, so none is known. */
  public static OwnerColumns notLookedFor() {
    return new OwnerColumns(PackedColumn.ZEROS, new int[0], new ProcessIdentity[0], 0, false);
  }

  /**
   * The same of the sockets that have an owner alone, which are so many, where one was asked for.
   */
  public OwnerColumns ofOneOwner(int size) {
    int[] codes = new int[size];
    Arrays.fill(codes, FIRST_PROCESS);
    return new OwnerColumns(
        new PackedColumn(codes, size, 0),
        new int[0],
        size == 0 ? new ProcessIdentity[0] : processes,
        unreadable,
        hidden);
  }

  public boolean wereLookedFor() {
    return owner != PackedColumn.ZEROS;
  }

  public boolean isNone(int row) {
    return owner.get(row) == NONE;
  }

  /** How many processes are known to own the socket. */
  public int count(int row) {
    int of = owner.get(row) - FIRST_PROCESS;
    return of < 0 ? 0 : of < processes.length ? 1 : shared[of - processes.length];
  }

  /** The number of the {@code n}th owner in {@link #process}, in ascending order of PID. */
  public int owner(int row, int n) {
    int of = owner.get(row) - FIRST_PROCESS;
    return of < processes.length ? of : shared[of - processes.length + 1 + n];
  }

  /** Whether the owners of a socket of another table are known to be others. */
  boolean differs(int row, OwnerColumns other, int otherRow) {
    int count = count(row);
    int otherCount = other.count(otherRow);
    boolean isUnknown =
        (count == 0 && !isNone(row)) || (otherCount == 0 && !other.isNone(otherRow));
    if (isUnknown || count != otherCount) {
      return !isUnknown;
    }
    for (int n = 0; n < count; n++) {
      if (!processes[owner(row, n)].isSame(other.processes[other.owner(otherRow, n)])) {
        return true;
      }
    }
    return false;
  }

  public int processCount() {
    return processes.length;
  }

  public ProcessIdentity process(int index) {
    return processes[index];
  }

  /** How many processes could not be looked into. */
  public int unreadable() {
    return unreadable;
  }

  /** Whether there are processes that were not even listed. */
  public boolean hidden() {
    return hidden;
  }

  /** Whether every process was looked into. */
  public boolean isComplete() {
    return unreadable == 0 && !hidden;
  }
}
