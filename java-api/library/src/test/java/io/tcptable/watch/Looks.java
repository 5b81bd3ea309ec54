// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.Endpoint;
import io.tcptable.TcpQuery;
import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.linux.FakeKernel;
import io.tcptable.internal.linux.LinuxAccess;
import io.tcptable.internal.linux.netlink.DiagDatagram;
import io.tcptable.internal.linux.netlink.DiagMessage;
import io.tcptable.internal.platform.SystemAccess;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Looks at made-up sockets, each a second after the one before. */
final class Looks {

  static final int ESTABLISHED = 1;
  static final int SYN_RECEIVED = 3;
  static final int FIN_WAIT_2 = 5;
  static final int TIME_WAIT = 6;
  static final int CLOSE_WAIT = 8;
  static final int LAST_ACK = 9;
  static final int LISTEN = 10;

  static final Instant START = Instant.parse("2026-11-24T06:00:00Z");

  final FakeKernel kernel = new FakeKernel();
  private final TcpQuery query;
  private volatile DiagMessage[] sockets = {};
  private int looks;

  Looks(TcpQuery query) {
    this.query = query;
    kernel.proc().start(1, "init");
    kernel
        .netlink()
        .then(request -> List.of(DiagDatagram.to(request, d -> d.sockets(sockets).done())));
  }

  SystemAccess access() {
    return LinuxAccess.of(new BindingSelection<>("fake", kernel, Map.of()), "proc");
  }

  /** What each look finds from now on. */
  void sockets(DiagMessage... now) {
    sockets = now;
  }

  /** The next look, which takes 0.1 s. */
  Look next(DiagMessage... now) {
    sockets(now);
    TcpTable table = Platforms.reading(access(), () -> TcpTable.snapshot(query));
    long begin = TimeUnit.SECONDS.toNanos(looks);
    Look look =
        new Look(
            table, START.plusSeconds(looks), begin, begin + TimeUnit.MILLISECONDS.toNanos(100));
    looks++;
    return look;
  }

  /** An end at the address that all of them have. */
  static Endpoint end(int port) {
    try {
      return Endpoint.of(InetAddress.getByAddress(new byte[4]), port);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  static DiagMessage listener(long cookie, int inode) {
    return DiagMessage.listener(3001, inode).cookie(cookie).queues(0, 10);
  }

  static DiagMessage connection(long cookie, int state, int remotePort, int inode) {
    return DiagMessage.v4(state, 3001, remotePort).cookie(cookie).inode(inode);
  }
}
