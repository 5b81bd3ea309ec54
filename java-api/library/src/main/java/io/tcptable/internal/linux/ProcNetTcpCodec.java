// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.platform.PortNumber;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.table.SocketColumnsBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Lines of {@code /proc/net/tcp} and {@code tcp6}, numbers in hexadecimal up to the retransmits and
 * decimal after them:
 *
 * <pre>
 * sl  local_address rem_address   st tx_queue:rx_queue tr:tm->when retrnsmt   uid timeout inode
 * 0: 0100007F:0BB9  00000000:0000 0A 00000000:00000000 00:00000000 00000000     0 0       12345
 * </pre>
 *
 * <p>The column {@code timeout} counts the probes that went without an answer, for the timers that
 * send probes. An address is printed as the kernel's 32-bit words, each in native byte order.
 *
 * <p>The kernel loses its place between two pages while sockets come and go, and then tells some of
 * them again, even once for each page. A socket has one inode; one that has none any more, in
 * {@code TIME_WAIT}, or not yet, has its two ends for itself.
 */
final class ProcNetTcpCodec {

  private static final int MILLIS_PER_TICK = 10;

  /** The timer that sends segments again. */
  private static final int RETRANSMIT = 1;

  private static final long NO_MARK = -1;
  private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  private final boolean v6;
  private final SocketColumnsBuilder into;
  private final Set<Object> told = new HashSet<>();
  private ByteBuffer line = ByteBuffer.allocate(0);
  private int at;
  private int end;
  private boolean headerRead;

  ProcNetTcpCodec(boolean v6, SocketColumnsBuilder into) {
    this.v6 = v6;
    this.into = into;
  }

  /** Reads all complete lines and leaves the buffer at the start of the incomplete one. */
  void decode(ByteBuffer bytes) {
    line = bytes;
    for (int i = bytes.position(); i < bytes.limit(); i++) {
      if (bytes.get(i) == '\n') {
        at = bytes.position();
        end = i;
        if (headerRead) {
          socket();
        }
        headerRead = true;
        bytes.position(i + 1);
      }
    }
  }

  private void socket() {
    decimal();
    expect(':');
    int words = v6 ? 4 : 1;
    int[] local = new int[words];
    int[] remote = new int[words];
    int ends = at;
    int localPort = endpoint(local);
    int remotePort = endpoint(remote);
    int endsLength = at - ends;
    int state = (int) hexadecimal();
    int sendQueue = (int) hexadecimal();
    expect(':');
    int receiveQueue = (int) hexadecimal();
    int timer = (int) hexadecimal();
    expect(':');
    long ticks = hexadecimal();
    int retransmits = (int) hexadecimal();
    int uid = (int) decimal();
    int probes = (int) decimal();
    int inode = (int) decimal();
    if (!into.accepts(v6, state, localPort, remotePort)
        || !told.add(inode == 0 ? text(ends, endsLength) : inode)) {
      return;
    }
    into.add(v6, state, localPort, remotePort);
    if (v6) {
      into.addresses(
          joined(local[0], local[1]),
          joined(local[2], local[3]),
          joined(remote[0], remote[1]),
          joined(remote[2], remote[3]));
    } else {
      into.addresses(local[0], remote[0]);
    }
    into.queues(receiveQueue, sendQueue);
    into.identity(inode, 0);
    into.timer(timer, (int) (ticks * MILLIS_PER_TICK), timer == RETRANSMIT ? retransmits : probes);
    into.attributes(uid, 0, NO_MARK);
  }

  private static long joined(int high, int low) {
    return ((long) high << 32) | Integer.toUnsignedLong(low);
  }

  private int endpoint(int[] words) {
    skipBlanks();
    for (int i = 0; i < words.length; i++) {
      int word = 0;
      for (int digit = 0; digit < 8; digit++) {
        word = (word << 4) | requireDigit(16);
      }
      words[i] = LITTLE ? Integer.reverseBytes(word) : word;
    }
    expect(':');
    long port = hexadecimal();
    if (port > PortNumber.HIGHEST) {
      throw malformed();
    }
    return (int) port;
  }

  private long hexadecimal() {
    return number(16);
  }

  private long decimal() {
    return number(10);
  }

  private long number(int radix) {
    skipBlanks();
    long value = requireDigit(radix);
    for (int digit = digit(radix); digit >= 0; digit = digit(radix)) {
      value = value * radix + digit;
      at++;
    }
    return value;
  }

  private int requireDigit(int radix) {
    int digit = digit(radix);
    if (digit < 0) {
      throw malformed();
    }
    at++;
    return digit;
  }

  private int digit(int radix) {
    return at < end ? Character.digit(line.get(at), radix) : -1;
  }

  private void skipBlanks() {
    while (at < end && line.get(at) == ' ') {
      at++;
    }
  }

  private void expect(char c) {
    if (at >= end || line.get(at++) != c) {
      throw malformed();
    }
  }

  private SourceException malformed() {
    return new SourceException(
        "read",
        "",
        "/proc/net/tcp has a line that makes no sense: \""
            + text(line.position(), end - line.position()).strip()
            + "\"");
  }

  private String text(int from, int length) {
    byte[] text = new byte[length];
    line.get(from, text);
    return new String(text, StandardCharsets.US_ASCII);
  }
}
