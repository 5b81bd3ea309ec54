// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.linux.kernel.PollSet;
import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcLink;
import io.tcptable.internal.platform.PushedSockets;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * Sockets as the kernel destroys them, told by the multicast groups {@code
 * SKNLGRP_INET_TCP_DESTROY} and {@code SKNLGRP_INET6_TCP_DESTROY} of {@code linux/sock_diag.h}, as
 * {@code ss -E} reads them. Each of them is told once, when it has left its last state or was
 * replaced by what remains of it in FIN_WAIT_2 and TIME_WAIT, which has the same cookie.
 *
 * <p>Each message is kept until it is read, in a buffer that CAP_NET_ADMIN may enlarge. What does
 * not fit is lost, and the kernel counts it ({@code Drops} in {@code /proc/net/netlink}).
 */
public final class DestroyedSockets implements PushedSockets {

  private static final String WHAT = "listening for TCP sockets that end";

  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVBUF = 8;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_ADD_MEMBERSHIP = 1;
  private static final int[] GROUPS = {1, 3};

  /** For about 15,000 sockets that have ended. */
  private static final int BUFFER = 16 << 20;

  /** The reader has other things to do, too. */
  private static final int MOST_AT_ONCE = 50_000;

  private static final int REPLY_CAPACITY = 8 * 1024;

  /** Of {@code /proc/net/netlink}, from 0. */
  private static final int DROPS = 8;

  private static final int INODE = 9;

  private final NetlinkSocket socket;
  private final ByteBuffer message = CallBuffer.allocate(REPLY_CAPACITY);
  private final NetlinkReceiver receiver;
  private final NetlinkWaker waker;
  private final PollSet poll;

  /** How many were lost before. */
  private long drops;

  private DestroyedSockets(LinuxCalls calls, NetlinkSocket socket) {
    this.socket = socket;
    receiver = new NetlinkReceiver(calls);
    waker = new NetlinkWaker(calls, socket);
    poll = new PollSet(calls, WHAT, socket.fd());
  }

  /**
   * Listens from now on, in the network namespace of the calling thread.
   *
   * @param localPorts of no use, as the kernel tells of all
   * @throws io.tcptable.internal.platform.SourceException if the kernel refuses
   */
  public static DestroyedSockets open(LinuxCalls calls, int... localPorts) {
    DestroyedSockets opened = new DestroyedSockets(calls, NetlinkSocket.open(calls, WHAT));
    try {
      opened.listen();
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private void listen() {
    if (socket.set(SOL_SOCKET, SO_RCVBUFFORCE, BUFFER) < 0) {
      // Then as much as net.core.rmem_max allows, which is no failure.
      socket.set(SOL_SOCKET, SO_RCVBUF, BUFFER);
    }
    for (int group : GROUPS) {
      int result = socket.set(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group);
      if (result < 0) {
        throw Errno.failure("setsockopt", result, WHAT);
      }
    }
    // Only what has sent something has an address, and is sent what goes to a group.
    int sent = waker.wake();
    if (sent < 0) {
      throw Errno.failure("send", sent, WHAT);
    }
  }

  @Override
  public void await(int millis) {
    poll.await(millis);
  }

  @Override
  public Reading read(Sink sink) {
    int sockets = 0;
    boolean isLossy = false;
    for (int i = 0; i < MOST_AT_ONCE; i++) {
      int length = receiver.receive(socket.fd(), message, 0);
      if (length == -Errno.EAGAIN) {
        break;
      }
      if (length == -Errno.ENOBUFS) {
        isLossy = true;
      } else if (length < 0 && length != -Errno.EINTR) {
        throw Errno.failure("recvfrom", length, WHAT);
      } else if (length > 0 && receiver.isFromKernel()) {
        sockets += read(length, sink);
      }
    }
    return new Reading(sockets, isLossy, isLossy ? lost() : 0);
  }

  private int read(int length, Sink sink) {
    int sockets = 0;
    try {
      int at = 0;
      while (at < length) {
        int size = Netlink.messageSize(message, at, length);
        int type = Netlink.unsignedShort(message, at + Netlink.TYPE_OFFSET);
        if (type == SockDiagRequest.SOCK_DIAG_BY_FAMILY) {
          SockDiagCodec.decodeEnded(message, at + Netlink.HEADER_SIZE, at + size, sink);
          sockets++;
        }
        at += Netlink.align(size);
      }
      return sockets;
    } catch (MalformedDumpException e) {
      throw SockDiagExchange.malformed(WHAT, e);
    }
  }

  /** How many more the kernel says were lost than it said before; 0 if it does not say. */
  private long lost() {
    Path self = Path.of("/proc/thread-self");
    String inode = Long.toString(ProcLink.number(self.resolve("fd/" + socket.fd())));
    for (String line : ProcFile.textIfKnown(self.resolve("net/netlink")).lines()) {
      List<String> words = List.of(line.strip().split("\\s+"));
      if (words.size() > INODE && words.get(INODE).equals(inode)) {
        long now = Long.parseUnsignedLong(words.get(DROPS));
        long more = now - drops;
        drops = now;
        return more;
      }
    }
    return 0;
  }

  @Override
  public void wake() {
    // The answer is something to be read. If it cannot be sent, something is there already.
    waker.wake();
  }

  @Override
  public void close() {
    socket.close();
  }
}
