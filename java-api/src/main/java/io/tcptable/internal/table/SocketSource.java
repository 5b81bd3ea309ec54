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

  /**
   * Drops an IPv4 connection, each address with its first byte highest.
   *
   * @throws SourceException if this system offers no way, or this user may not
   */
  default void drop(int localAddress, int localPort, int remoteAddress, int remotePort) {
    throw new SourceException(
        "", "", "dropping a connection: tcptable has no way to do it on this system");
  }
}
