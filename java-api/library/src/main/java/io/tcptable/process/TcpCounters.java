// SPDX-License-Identifier: Apache-2.0
package io.tcptable.process;

import java.util.OptionalLong;

/**
 * What the kernel counts of TCP in this network namespace, for all ports together. What this system
 * does not tell is empty, never 0. Immutable.
 */
public final class TcpCounters {
  private final OptionalLong listenOverflows;
  private final OptionalLong listenDrops;
  private final OptionalLong synCookies;
  private final OptionalLong orphans;
  private final OptionalLong orphanLimit;
  private final OptionalLong timeWaits;
  private final OptionalLong timeWaitLimit;

  private TcpCounters(Builder from) {
    this.listenOverflows = from.listenOverflows;
    this.listenDrops = from.listenDrops;
    this.synCookies = from.synCookies;
    this.orphans = from.orphans;
    this.orphanLimit = from.orphanLimit;
    this.timeWaits = from.timeWaits;
    this.timeWaitLimit = from.timeWaitLimit;
  }

  /** Begins with nothing known. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * How often a connection was not taken because an accept queue was full, since boot ({@code
   * TcpExt ListenOverflows} in {@code /proc/net/netstat}).
   */
  public OptionalLong listenOverflows() {
    return listenOverflows;
  }

  /**
   * How often a listener dropped a packet that asked for a connection, for that reason or another,
   * since boot ({@code TcpExt ListenDrops}).
   */
  public OptionalLong listenDrops() {
    return listenDrops;
  }

  /**
   * How often such a packet was answered with a cookie because too many connections were half open,
   * since boot ({@code TcpExt SyncookiesSent}).
   */
  public OptionalLong synCookies() {
    return synCookies;
  }

  /**
   * Connections now that no process holds any more but that still have bytes to send ({@code
   * /proc/net/sockstat}).
   */
  public OptionalLong orphans() {
    return orphans;
  }

  /** How many of them there may be ({@code tcp_max_orphans}); those beyond are reset. */
  public OptionalLong orphanLimit() {
    return orphanLimit;
  }

  /** Sockets in TIME_WAIT now ({@code /proc/net/sockstat}). */
  public OptionalLong timeWaits() {
    return timeWaits;
  }

  /** How many of them there may be ({@code tcp_max_tw_buckets}). */
  public OptionalLong timeWaitLimit() {
    return timeWaitLimit;
  }

  /** All that is known. */
  @Override
  public String toString() {
    return "TcpCounters[listenOverflows="
        + listenOverflows
        + ", listenDrops="
        + listenDrops
        + ", synCookies="
        + synCookies
        + ", orphans="
        + orphans
        + ", orphanLimit="
        + orphanLimit
        + ", timeWaits="
        + timeWaits
        + ", timeWaitLimit="
        + timeWaitLimit
        + "]";
  }

  /** Makes one. A number below zero, or null, is not known. For one thread. */
  public static final class Builder {

    private OptionalLong listenOverflows = OptionalLong.empty();
    private OptionalLong listenDrops = OptionalLong.empty();
    private OptionalLong synCookies = OptionalLong.empty();
    private OptionalLong orphans = OptionalLong.empty();
    private OptionalLong orphanLimit = OptionalLong.empty();
    private OptionalLong timeWaits = OptionalLong.empty();
    private OptionalLong timeWaitLimit = OptionalLong.empty();

    private Builder() {}

    public Builder listenOverflows(long listenOverflows) {
      this.listenOverflows = Known.orEmpty(listenOverflows);
      return this;
    }

    public Builder listenDrops(long listenDrops) {
      this.listenDrops = Known.orEmpty(listenDrops);
      return this;
    }

    public Builder synCookies(long synCookies) {
      this.synCookies = Known.orEmpty(synCookies);
      return this;
    }

    public Builder orphans(long orphans) {
      this.orphans = Known.orEmpty(orphans);
      return this;
    }

    public Builder orphanLimit(long orphanLimit) {
      this.orphanLimit = Known.orEmpty(orphanLimit);
      return this;
    }

    public Builder timeWaits(long timeWaits) {
      this.timeWaits = Known.orEmpty(timeWaits);
      return this;
    }

    public Builder timeWaitLimit(long timeWaitLimit) {
      this.timeWaitLimit = Known.orEmpty(timeWaitLimit);
      return this;
    }

    public TcpCounters build() {
      return new TcpCounters(this);
    }
  }
}
