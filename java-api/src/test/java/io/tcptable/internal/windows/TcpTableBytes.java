package io.tcptable.internal.windows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A table as Windows lays it out, made by hand. */
final class TcpTableBytes {

  private final TcpRowLayout layout;
  private final ByteBuffer bytes;
  private final List<Row> made = new ArrayList<>();

  private record Row(
      int state, int localPort, int remotePort, int pid, long creation, long service) {}

  TcpTableBytes(TcpRowLayout layout, int most) {
    this.layout = layout;
    this.bytes =
        ByteBuffer.allocate(layout.firstRow + most * layout.size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A row on the loopback address. */
  TcpTableBytes row(int state, int localPort, int remotePort, int pid) {
    return row(state, localPort, remotePort, pid, 0);
  }

  /** A row that tells when the socket was made, if rows of this layout do. */
  TcpTableBytes row(int state, int localPort, int remotePort, int pid, long creation) {
    return row(state, localPort, remotePort, pid, creation, 0);
  }

  /** And which service made it. */
  TcpTableBytes row(
      int state, int localPort, int remotePort, int pid, long creation, long service) {
    int at = layout.firstRow + made.size() * layout.size;
    made.add(new Row(state, localPort, remotePort, pid, creation, service));
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
    if (layout.creation >= 0) {
      bytes.putLong(at + layout.creation, creation).putLong(at + layout.service, service);
    }
    bytes.putInt(0, made.size());
    return this;
  }

  /** The same rows in another layout. */
  ByteBuffer in(TcpRowLayout other) {
    TcpTableBytes table = new TcpTableBytes(other, made.size());
    made.forEach(r -> table.row(r.state, r.localPort, r.remotePort, r.pid, r.creation, r.service));
    return table.bytes();
  }

  private void port(int at, int port) {
    // What Windows leaves in the other two bytes is not to be looked at.
    bytes.put(at, (byte) (port >>> 8)).put(at + 1, (byte) port).putShort(at + 2, (short) 0xbeef);
  }

  ByteBuffer bytes() {
    return bytes
        .slice(0, layout.firstRow + made.size() * layout.size)
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
