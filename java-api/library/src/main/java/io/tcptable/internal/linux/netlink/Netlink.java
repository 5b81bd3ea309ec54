// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import java.nio.ByteBuffer;

/**
 * The framing of netlink messages, from {@code linux/netlink.h}. All figures are in native byte
 * order; each message and attribute begins at a multiple of 4.
 *
 * <pre>
 * nlmsghdr  0 u32 len   4 u16 type   6 u16 flags   8 u32 seq   12 u32 port id   16
 * nlattr    0 u16 len   2 u16 type   4
 * </pre>
 */
public final class Netlink {

  public static final int HEADER_SIZE = 16;
  public static final int TYPE_OFFSET = 4;
  public static final int FLAGS_OFFSET = 6;
  public static final int SEQUENCE_OFFSET = 8;
  static final int PORT_OFFSET = 12;
  static final int ATTRIBUTE_HEADER_SIZE = 4;

  static final int NLMSG_NOOP = 1;
  public static final int NLMSG_ERROR = 2;
  public static final int NLMSG_DONE = 3;
  static final int NLMSG_OVERRUN = 4;

  static final int NLM_F_REQUEST = 0x01;
  static final int NLM_F_ACK = 0x04;
  public static final int NLM_F_DUMP_INTR = 0x10;
  static final int NLM_F_DUMP = 0x300;

  /** The kernel marks nested or byte-swapped attributes with the two highest bits of the type. */
  static final int ATTRIBUTE_TYPE_MASK = 0x3fff;

  private Netlink() {}

  static void putHeader(ByteBuffer message, int length, int type, int flags, int sequence) {
    message.putInt(0, length);
    message.putShort(TYPE_OFFSET, (short) type);
    message.putShort(FLAGS_OFFSET, (short) flags);
    message.putInt(SEQUENCE_OFFSET, sequence);
    message.putInt(PORT_OFFSET, 0);
  }

  /**
   * The size of the message that begins there.
   *
   * @param end where what was received ends
   * @throws MalformedDumpException if it says to be longer, or is too short to be one
   */
  static int messageSize(ByteBuffer bytes, int at, int end) {
    int left = end - at;
    int size = left < HEADER_SIZE ? left : bytes.getInt(at);
    if (size < HEADER_SIZE || size > left) {
      throw new MalformedDumpException(
          "a message of " + size + " bytes where " + left + " are left");
    }
    return size;
  }

  /**
   * What an error message says: {@code -errno}, or 0, which acknowledges the request.
   *
   * @throws MalformedDumpException if it says nothing
   */
  static int error(ByteBuffer bytes, int at, int end) {
    if (end - at < HEADER_SIZE + Integer.BYTES) {
      throw new MalformedDumpException("an error message without an error");
    }
    return bytes.getInt(at + HEADER_SIZE);
  }

  public static int align(int length) {
    return (length + 3) & ~3;
  }

  public static int unsignedShort(ByteBuffer bytes, int offset) {
    return Short.toUnsignedInt(bytes.getShort(offset));
  }
}
