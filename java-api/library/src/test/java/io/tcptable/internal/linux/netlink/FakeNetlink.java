// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import io.tcptable.internal.linux.FakeFile;
import io.tcptable.internal.linux.kernel.Errno;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;

/**
 * The netlink side of the fake kernel. Each request is put to the next of the scripts, the last of
 * them again and again; what it returns is what the socket then receives, and then no more.
 */
public final class FakeNetlink {

  public static final String PATH = "netlink";

  private static final int MSG_TRUNC = 0x20;
  private static final int SOCKADDR_NL_SIZE = 12;

  /** One thing to receive: bytes from the kernel or another sender, or an error. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  public record Reply(byte[] bytes, int sender, int error) {

    public static Reply of(byte... bytes) {
      return new Reply(bytes, 0, 0);
    }

    public static Reply failed(int errno) {
      return new Reply(new byte[0], 0, errno);
    }

    public Reply from(int sender) {
      return new Reply(bytes, sender, error);
    }
  }

  private final List<Function<ByteBuffer, List<Reply>>> scripts = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private final List<ByteBuffer> requests = new ArrayList<>();

  /** Adds a script. */
  public synchronized FakeNetlink then(Function<ByteBuffer, List<Reply>> script) {
    scripts.add(script);
    return this;
  }

  /** Every request that was sent, in order. */
  public synchronized List<ByteBuffer> requests() {
    return List.copyOf(requests);
  }

  /** Every option that was set, in order: level, option and value. */
  public synchronized List<String> options() {
    return List.copyOf(options);
  }

  private synchronized int set(int level, int option, int value) {
    options.add(level + " " + option + " " + value);
    return 0;
  }

  private synchronized List<Reply> answer(ByteBuffer request) {
    requests.add(request);
    return scripts.get(Math.min(requests.size(), scripts.size()) - 1).apply(request);
  }

  public FakeFile socket(int domain, int type, int protocol) {
    if (domain != NetlinkSocket.AF_NETLINK
        || type != NetlinkSocket.SOCK_RAW_CLOEXEC
        || protocol != NetlinkSocket.NETLINK_SOCK_DIAG) {
      throw new AssertionError("not a sock_diag socket: " + domain + " " + type + " " + protocol);
    }
    return new Socket();
  }

  private final class Socket implements FakeFile {

    private final Queue<Reply> replies = new ArrayDeque<>();

    @Override
    public String path() {
      return PATH;
    }

    @Override
    public int send(ByteBuffer message) {
      ByteBuffer copy = ByteBuffer.allocate(message.limit()).order(ByteOrder.nativeOrder());
      replies.addAll(answer(copy.put(0, message, 0, message.limit())));
      return message.limit();
    }

    @Override
    public int set(int level, int option, ByteBuffer value) {
      return FakeNetlink.this.set(level, option, value.getInt(0));
    }

    @Override
    public int receive(ByteBuffer message, int flags, ByteBuffer sender, ByteBuffer senderLength) {
      Reply reply = replies.poll();
      if (reply == null) {
        return -Errno.EAGAIN;
      }
      if (reply.error != 0) {
        return -reply.error;
      }
      int fits = Math.min(reply.bytes.length, message.limit());
      message.put(0, reply.bytes, 0, fits);
      sender.putShort(0, (short) NetlinkSocket.AF_NETLINK).putInt(4, reply.sender).putInt(8, 0);
      senderLength.putInt(0, SOCKADDR_NL_SIZE);
      return (flags & MSG_TRUNC) != 0 ? reply.bytes.length : fits;
    }
  }
}
