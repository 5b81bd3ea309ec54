// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.bpf;

import io.tcptable.internal.binding.BindingException;
import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.linux.kernel.PollSet;
import io.tcptable.internal.linux.netlink.NetlinkWaker;
import io.tcptable.internal.linux.owners.BpfSupport;
import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcLink;
import io.tcptable.internal.platform.PushedSockets;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.SourceException.Kind;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Each change of a TCP state, told by an eBPF program at the tracepoint {@code
 * sock:inet_sock_set_state}. The program takes those of one network namespace and of the wanted
 * local ports only, and counts what the ring buffer had no room for; the kernel counts what
 * happened in an interrupt of the program.
 */
public final class StateChanges implements PushedSockets {

  /** For about 100,000 changes that wait to be read. */
  private static final int RING_SIZE = 8 << 20;

  private static final String WHAT = "waiting for changes of TCP states";
  private static final Path SELF = Path.of("/proc/thread-self");
  private static final String MISSES = "recursion_misses:";

  /** Offsets in {@code struct tcpt_state_changes} of {@code tcptable.h}. */
  private static final int NAMESPACE = 0;

  private static final int SIZE_OF_RING = 4;
  private static final int ANY_PORT = 8;
  private static final int LINK = 12;
  private static final int PROGRAM = 16;
  private static final int RING = 20;
  private static final int COUNTERS = 24;
  private static final int PAGE_SIZE = 28;
  private static final int PORTS = 32;
  private static final int REQUEST_SIZE = PORTS + (1 << 16) / Byte.SIZE;

  /** Among what is polled. */
  private static final int WAKER = 1;

  private static final int PROT_READ = 1;
  private static final int MAP_SHARED = 1;

  private final LinuxCalls calls;
  private final NetlinkWaker waker;
  private final ByteBuffer request;
  private final RingBuffer ring;
  private final long counters;
  private final ByteBuffer counted;
  private final PollSet poll;

  /** How many were lost before. */
  private long lost;

  private boolean isClosed;

  private StateChanges(LinuxCalls calls, NetlinkWaker waker, ByteBuffer request) {
    this.calls = calls;
    this.waker = waker;
    this.request = request;
    int pageSize = request.getInt(PAGE_SIZE);
    counters = calls.mmap(pageSize, PROT_READ, MAP_SHARED, request.getInt(COUNTERS), 0);
    if (counters < 0) {
      throw Errno.failure("mmap", (int) counters, WHAT);
    }
    counted = calls.mapped(counters, pageSize);
    try {
      ring = new RingBuffer(calls, request.getInt(RING), pageSize, request.getInt(SIZE_OF_RING));
    } catch (RuntimeException e) {
      calls.munmap(counters, pageSize);
      throw e;
    }
    poll = new PollSet(calls, WHAT, request.getInt(RING), waker.fd());
  }

  /**
   * Has them told from now on, in the network namespace of the calling thread.
   *
   * @param localPorts the wanted ones; none for all
   * @throws SourceException if the kernel refuses, or the library lacks the program
   */
  public static StateChanges open(LinuxCalls calls, int... localPorts) {
    return openWithRing(calls, RING_SIZE, localPorts);
  }

  /**
   * The same with room for other than the usual number of changes.
   *
   * @param ringSize a power of two; 72 bytes for each change
   */
  public static StateChanges openWithRing(LinuxCalls calls, int ringSize, int... localPorts) {
    try {
      BpfSupport.requireRights();
      return opened(calls, request(ringSize, localPorts));
    } catch (BindingException | LinkageError e) {
      throw unsupported(String.valueOf(e.getMessage()));
    }
  }

  private static StateChanges opened(LinuxCalls calls, ByteBuffer request) {
    // Also keeps the namespace, so that no later one gets its inode.
    NetlinkWaker waker = NetlinkWaker.open(calls);
    try {
      int result = calls.bpf_state_changes_open(request);
      if (result < 0) {
        throw unsupported(BpfSupport.refusal(-result, "5.17"));
      }
      try {
        return new StateChanges(calls, waker, request);
      } catch (RuntimeException e) {
        closeAll(calls, request);
        throw e;
      }
    } catch (RuntimeException | LinkageError e) {
      waker.close();
      throw e;
    }
  }

  private static ByteBuffer request(int ringSize, int... localPorts) {
    long namespace = ProcLink.number(SELF.resolve("ns/net"));
    if (namespace < 0) {
      throw unsupported("the network namespace of this thread is not known");
    }
    ByteBuffer request = CallBuffer.allocate(REQUEST_SIZE);
    request.putInt(NAMESPACE, (int) namespace);
    request.putInt(SIZE_OF_RING, ringSize);
    request.putInt(ANY_PORT, localPorts.length == 0 ? 1 : 0);
    for (int port : localPorts) {
      int word = PORTS + port / Long.SIZE * Long.BYTES;
      request.putLong(word, request.getLong(word) | 1L << port % Long.SIZE);
    }
    return request;
  }

  private static SourceException unsupported(String reason) {
    return new SourceException(Kind.UNSUPPORTED, "bpf", "", reason);
  }

  private static void closeAll(LinuxCalls calls, ByteBuffer request) {
    for (int at : new int[] {LINK, PROGRAM, RING, COUNTERS}) {
      calls.close(request.getInt(at));
    }
  }

  @Override
  public void await(int millis) {
    poll.await(millis);
    if (poll.isReadable(WAKER)) {
      waker.drain();
    }
  }

  @Override
  public Reading read(Sink sink) {
    int records =
        ring.read(
            (bytes, at, length) -> {
              if (length == StateChangeCodec.LENGTH) {
                sink.changed(StateChangeCodec.decode(bytes, at));
              }
            });
    long now = counted.getLong(0) + misses();
    long more = now - lost;
    lost = now;
    return new Reading(records, more > 0, more);
  }

  /** What the kernel has counted; it tells so from Linux 5.12 on. */
  private long misses() {
    return Math.max(
        0,
        ProcFile.textIfKnown(SELF.resolve("fdinfo/" + request.getInt(PROGRAM)))
            .numberAfter(MISSES));
  }

  @Override
  public void wake() {
    waker.wake();
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      closeAll(calls, request);
      ring.close();
      calls.munmap(counters, counted.capacity());
      waker.close();
    }
  }
}
