// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a socket, by which it is found again in a later table of the same system. Of a
 * socket in another network namespace than that of the calling thread, the namespace is part of it.
 * Two keys are equal if they mean the same socket, as far as their {@link #kind()} can tell. For
 * use as a key of a map while this JVM runs; not to be kept beyond a reboot. Immutable and safe for
 * use by many threads.
 */
public final class SocketKey {

  /** What a key consists of, and so how sure it is. */
  public enum Kind {
    /**
     * The kernel's own cookie ({@code idiag_cookie} of {@code sock_diag(7)}): never given twice
     * until the next boot, before Linux 5.4 within one network namespace, and kept by the socket in
     * every state. Equal keys mean one socket.
     */
    COOKIE,
    /**
     * When the socket was made, to 100 ns, and both its ends ({@code liCreateTimestamp} of {@code
     * MIB_TCPROW_OWNER_MODULE}). Equal keys mean one socket. It is gone in TIME_WAIT.
     */
    CREATION,
    /**
     * The inode and both ends. Numbers of inodes are given again once 4 billion were used: equal
     * keys mean one socket in all likelihood. It is gone once the process has closed the socket.
     */
    INODE,
    /**
     * Both ends alone: a later connection between the same two addresses and ports has an equal
     * key, without a sign.
     */
    ENDS
  }

  private static final long OWN = 0;

  private final Kind kind;
  private final long namespace;
  private final long number;
  private final @Nullable Endpoint local;
  private final @Nullable Endpoint remote;

  private SocketKey(
      Kind kind, long namespace, long number, @Nullable Endpoint local, @Nullable Endpoint remote) {
    this.kind = kind;
    this.namespace = namespace;
    this.number = number;
    this.local = local;
    this.remote = remote;
  }

  /**
   * The key of the socket of the calling thread's network namespace with this cookie, as {@code ss
   * -e} prints it in hexadecimal digits.
   */
  public static SocketKey ofCookie(long cookie) {
    return new SocketKey(Kind.COOKIE, OWN, cookie, null, null);
  }

  static SocketKey ofEnds(Kind kind, long number, Endpoint local, Endpoint remote) {
    return new SocketKey(kind, OWN, number, local, remote);
  }

  /** The same in another network namespace, by its number. */
  SocketKey in(long otherNamespace) {
    return new SocketKey(kind, otherNamespace, number, local, remote);
  }

  /** What it consists of. */
  public Kind kind() {
    return kind;
  }

  /** Whether no other socket can have an equal key, earlier or later, until the next boot. */
  public boolean isUnique() {
    return kind == Kind.COOKIE || kind == Kind.CREATION;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SocketKey that
        && kind == that.kind
        && namespace == that.namespace
        && number == that.number
        && Objects.equals(local, that.local)
        && Objects.equals(remote, that.remote);
  }

  @Override
  public int hashCode() {
    int ofNumbers = 31 * Long.hashCode(namespace) + Long.hashCode(number);
    return 31 * (31 * ofNumbers + Objects.hashCode(local)) + Objects.hashCode(remote);
  }

  /**
   * What it consists of: {@code cookie 4711}, {@code inode 815 127.0.0.1:3001 127.0.0.1:40122},
   * {@code cookie 4711 namespace 4026532178}.
   */
  @JsonValue
  @Override
  public String toString() {
    String socket =
        switch (kind) {
          case COOKIE -> "cookie " + Long.toUnsignedString(number);
          case CREATION -> "creation " + number + " " + local + " " + remote;
          case INODE -> "inode " + number + " " + local + " " + remote;
          case ENDS -> local + " " + remote;
        };
    return namespace == OWN ? socket : socket + " namespace " + namespace;
  }
}
