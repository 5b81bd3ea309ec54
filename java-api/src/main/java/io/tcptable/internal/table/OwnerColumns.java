package io.tcptable.internal.table;

/**
 * Who owns the sockets of a table: 4 bytes a socket, and the list of processes once. Immutable, so
 * any number of threads may read it.
 */
public final class OwnerColumns {

  /** No process holds the socket: it is the kernel's own by now, or still. */
  static final int NONE = -1;

  /** Some process holds the socket, but none was found that could be looked into. */
  static final int UNKNOWN = -2;

  private static final int FIRST_SHARED = -3;

  private final int[] owner;
  private final int[] shared;
  private final ProcessIdentity[] processes;
  private final int unreadable;

  OwnerColumns(int[] owner, int[] shared, ProcessIdentity[] processes, int unreadable) {
    this.owner = owner;
    this.shared = shared;
    this.processes = processes;
    this.unreadable = unreadable;
  }

  /** Nobody was looked for: no socket's owner is known. */
  public static OwnerColumns notLookedFor() {
    return new OwnerColumns(new int[0], new int[0], new ProcessIdentity[0], 0);
  }

  static int sharedAt(int list) {
    return FIRST_SHARED - list;
  }

  public boolean isNone(int row) {
    return owner.length > 0 && owner[row] == NONE;
  }

  /** How many processes are known to own the socket. */
  public int count(int row) {
    if (owner.length == 0) {
      return 0;
    }
    int of = owner[row];
    return of >= 0 ? 1 : of <= FIRST_SHARED ? shared[FIRST_SHARED - of] : 0;
  }

  /** The number of the {@code n}th owner in {@link #process}, in ascending order of PID. */
  public int owner(int row, int n) {
    int of = owner[row];
    return of >= 0 ? of : shared[FIRST_SHARED - of + 1 + n];
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
}
