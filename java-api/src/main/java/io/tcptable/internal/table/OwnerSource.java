package io.tcptable.internal.table;

/** Where an operating system tells which processes hold a socket. Safe for use by many threads. */
public interface OwnerSource {

  /** The word for it in {@code --version} and in JSON. */
  String name();

  /**
   * Reports every process that holds one of the wanted sockets.
   *
   * @throws SourceException if the processes could not be listed, or the system ran short while
   *     looking; a process that may not be looked into is counted instead
   */
  void find(OwnerSearch search);
}
