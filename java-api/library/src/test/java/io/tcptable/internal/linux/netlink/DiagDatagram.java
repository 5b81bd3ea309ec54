// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * One datagram of the kernel's answer to a dump request: messages, each with the request's sequence
 * and the flags set last.
 */
public final class DiagDatagram {

  private static final int NLM_F_MULTI = 2;

  private final ByteBuffer bytes = ByteBuffer.allocate(64 * 1024).order(ByteOrder.nativeOrder());
  private final int type;
  private int sequence;
  private int flags = NLM_F_MULTI;

  private DiagDatagram(ByteBuffer request) {
    type = request.getShort(Netlink.TYPE_OFFSET);
    sequence = request.getInt(Netlink.SEQUENCE_OFFSET);
  }

  /** Writes a datagram in answer to the request. */
  public static FakeNetlink.Reply to(ByteBuffer request, Consumer<DiagDatagram> messages) {
    DiagDatagram datagram = new DiagDatagram(request);
    messages.accept(datagram);
    return FakeNetlink.Reply.of(Arrays.copyOf(datagram.bytes.array(), datagram.bytes.position()));
  }

  public DiagDatagram sockets(DiagMessage... sockets) {
    for (DiagMessage socket : sockets) {
      message(type, socket.bytes());
    }
    return this;
  }

  public DiagDatagram done() {
    return done(0);
  }

  public DiagDatagram done(int error) {
    return message(Netlink.NLMSG_DONE, integer(error));
  }

  /** An error message, which repeats the header of the request. */
  public DiagDatagram error(int error) {
    return message(Netlink.NLMSG_ERROR, Arrays.copyOf(integer(error), 4 + Netlink.HEADER_SIZE));
  }

  public DiagDatagram message(int type, byte... payload) {
    int at = bytes.position();
    int length = Netlink.HEADER_SIZE + payload.length;
    bytes.putInt(at, length);
    bytes.putShort(at + Netlink.TYPE_OFFSET, (short) type);
    bytes.putShort(at + Netlink.FLAGS_OFFSET, (short) flags);
    bytes.putInt(at + Netlink.SEQUENCE_OFFSET, sequence);
    bytes.put(at + Netlink.HEADER_SIZE, payload);
    bytes.position(at + Netlink.align(length));
    return this;
  }

  /** Bytes as they are. */
  public DiagDatagram raw(byte... more) {
    bytes.put(more);
    return this;
  }

  /** Marks the messages that follow as part of an interrupted dump. */
  public DiagDatagram interrupted() {
    flags |= Netlink.NLM_F_DUMP_INTR;
    return this;
  }

  /** The messages that follow answer some other request. */
  public DiagDatagram foreign() {
    sequence += 1000;
    return this;
  }

  /** The messages that follow answer this request. */
  public DiagDatagram own() {
    sequence -= 1000;
    return this;
  }

  private static byte[] integer(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array();
  }
}
