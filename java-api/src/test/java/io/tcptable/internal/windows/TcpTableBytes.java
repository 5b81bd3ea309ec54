package io.tcptable.internal.windows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A table as Windows lays it out, made by hand. */
final class TcpTableBytes {

  private final TcpRowLayout layout;
  private final ByteBuffer bytes;
  private int rows;

  TcpTableBytes(TcpRowLayout layout, int most) {
    this.layout = layout;
    this.bytes =
        ByteBuffer.allocate(layout.firstRow + most * layout.size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A row on the loopback address. */
  TcpTableBytes row(int state, int localPort, int remotePort, int pid) {
    int at = layout.firstRow + rows * layout.size;
    bytes.putInt(at + layout.state, state);
    bytes.putInt(at + layout.pid, pid);
    port(at + layout.localPort, localPort);
    port(at + layout.remotePort, remotePort);
    if (layout.v6) {
      bytes.put(at + layout.localAddress + 15, (byte) 1);
      bytes.put(at + layout.remoteAddress + 15, (byte) 1);
    } else {
      bytes.put(at + layout.localAddress, new byte[] {127, 0, 0, 1});
      bytes.put(at + layout.remoteAddress, new byte[] {127, 0, 0, 1});
    }
    bytes.putInt(0, ++rows);
    return this;
  }

  private void port(int at, int port) {
    // What Windows leaves in the other two bytes is not to be looked at.
    bytes.put(at, (byte) (port >>> 8)).put(at + 1, (byte) port).putShort(at + 2, (short) 0xbeef);
  }

  ByteBuffer bytes() {
    return bytes.slice(0, layout.firstRow + rows * layout.size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
