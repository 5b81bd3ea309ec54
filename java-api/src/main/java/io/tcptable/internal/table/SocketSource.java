package io.tcptable.internal.table;

/** Where an operating system tells its TCP sockets. Safe for use by many threads. */
public interface SocketSource {

  /** The word for it in {@code --version} and in JSON. */
  String name();

  /**
   * Writes all sockets that match into the builder, which it starts itself, again at each attempt.
   *
   * @throws SourceException if the sockets could not be read, or not completely
   */
  void read(SocketFilter filter, SocketColumnsBuilder into);
}
