// SPDX-License-Identifier: Apache-2.0
package io.tcptable.process;

/**
 * What a process that has a socket with the port as its local port has to do with the port.
 *
 * @param kind in one word
 * @param evidence what was seen of it: {@code listens on 127.0.0.1:3001}
 */
public record PortRole(Kind kind, String evidence) {

  /** The roles; names are stable, new ones may come. */
  public enum Kind {
    /** It listens, or has accepted connections and has closed its listener. */
    SERVER,
    /**
     * Another process of the same server has started it, or it holds connections of that server.
     */
    WORKER,
    /** It has started other processes of the same server. */
    MASTER,
    /** It is a supervisor, which listens for servers that it runs, and may run others too. */
    SUPERVISOR,
    /** It forwards the port to a server elsewhere, and perhaps other ports too. */
    FORWARDER,
    /** It has a socket that another program has opened, and is not seen to use it. */
    HEIR,
    /** It starts the server again when its files change; it has no socket itself. */
    WATCHER,
    /** Its connection goes out from this port, which keeps a server from binding the port. */
    CLIENT,
    /**
     * It has a connection from this port at an address where nobody listens. The connection was not
     * accepted on the port and does not keep its servers from binding it.
     */
    STRANGER
  }
}
