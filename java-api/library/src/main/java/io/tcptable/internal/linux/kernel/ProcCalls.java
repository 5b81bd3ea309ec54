// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.kernel;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.platform.SourceException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The system calls of a walk over {@code /proc}, with reused buffers and no object per descriptor,
 * made again if they are interrupted. Reusable, by one thread at a time.
 */
public final class ProcCalls {

  public static final String WHAT = "looking for the owners of sockets";

  public static final int AT_FDCWD = -100;
  private static final int O_CLOEXEC = 0x80000;

  /** {@code linux_dirent64}: 8 ino, 8 off, 2 reclen, 1 type, then the name up to a zero byte. */
  private static final int ENTRY_LENGTH = 16;

  private static final int ENTRY_NAME = 19;

  /** The fixed part, a name of one byte and its zero, rounded up to 8. */
  private static final int SHORTEST_ENTRY = 24;

  /** How often the calls for one process may be interrupted. */
  private static final int MOST_INTERRUPTIONS = 100;

  private static final int ENTRIES_CAPACITY = 32 * 1024;

  private static final int MOST_DIGITS = 10;

  /** A descriptor's name with its zero byte fits two longs. */
  private static final int NAME_ROOM = 2 * Long.BYTES;

  /** {@code socket:[} as the eight bytes of one long. */
  private static final long SOCKET;

  static {
    ByteBuffer prefix = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    prefix.put("socket:[".getBytes(StandardCharsets.US_ASCII));
    SOCKET = prefix.getLong(0);
  }

  private final LinuxCalls calls;
  private final ByteBuffer path = CallBuffer.allocate(32);

  /** As read, with room beyond the end so that a name may be copied by the long. */
  private final ByteBuffer entries = CallBuffer.allocate(ENTRIES_CAPACITY + NAME_ROOM);

  private final ByteBuffer entriesOut =
      entries.slice(0, ENTRIES_CAPACITY).order(ByteOrder.nativeOrder());

  /** The entries that were read, for a call that takes them. */
  private final ByteBuffer entriesRead = entries.duplicate().order(ByteOrder.nativeOrder());

  private final SocketLinks links = new SocketLinks(ENTRIES_CAPACITY / SHORTEST_ENTRY);
  private final ByteBuffer target = CallBuffer.allocate(64);
  private final ByteBuffer stat = CallBuffer.allocate(ProcStat.CAPACITY);
  private int interruptions;

  public ProcCalls(LinuxCalls calls) {
    this.calls = calls;
  }

  /** Counts interruptions from here on. */
  public void begin() {
    interruptions = 0;
  }

  /** Opens a path in a directory. Returns a descriptor, or {@code -errno}. */
  public int open(int directory, String name) {
    return openPath(directory, append(name, 0));
  }

  /** Opens a path with a number in it. Returns a descriptor, or {@code -errno}. */
  public int open(int directory, String before, int number, String after) {
    return openPath(directory, append(after, append(number, append(before, 0))));
  }

  private int append(String text, int at) {
    for (int i = 0; i < text.length(); i++) {
      path.put(at + i, (byte) text.charAt(i));
    }
    return at + text.length();
  }

  private int append(int number, int at) {
    int end = at + 1;
    for (int rest = number; rest >= 10; rest /= 10) {
      end++;
    }
    int rest = number;
    for (int i = end - 1; i >= at; i--) {
      path.put(i, (byte) ('0' + rest % 10));
      rest /= 10;
    }
    return end;
  }

  private int openPath(int directory, int end) {
    path.put(end, (byte) 0);
    int fd;
    do {
      fd = calls.openat(directory, path, O_CLOEXEC);
    } while (again(fd));
    return fd;
  }

  public void close(int fd) {
    calls.close(fd);
  }

  /**
   * Reads the next part of a directory, whose entries lie from 0 on, one after another up to {@link
   * #entryEnd}. Returns its length, 0 at the end, or {@code -errno}.
   */
  public int list(int directory) {
    int length;
    do {
      length = calls.getdents64(directory, entriesOut);
    } while (again(length));
    return length;
  }

  public int entryEnd(int at, int end) {
    int left = end - at;
    int length =
        left < SHORTEST_ENTRY ? left : Short.toUnsignedInt(entries.getShort(at + ENTRY_LENGTH));
    if (length < SHORTEST_ENTRY || length > left) {
      throw new SourceException(
          "getdents64",
          "",
          WHAT + ": a directory entry of " + length + " bytes where " + left + " are left");
    }
    return at + length;
  }

  /** Whether an entry is the directory itself or the one above. */
  public boolean isDots(int entry) {
    return entries.get(entry + ENTRY_NAME) == '.';
  }

  /** The number that an entry's name consists of, or 0. */
  public int number(int entry) {
    int from = entry + ENTRY_NAME;
    int number = 0;
    for (int i = from; entries.get(i) != 0; i++) {
      int digit = entries.get(i) - '0';
      if (digit < 0 || digit > 9 || i - from == MOST_DIGITS) {
        return 0;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /**
   * Reads the link that an entry is, for {@link #isSocket} and {@link #inode}. Returns its length,
   * or {@code -errno}.
   */
  public int readLink(int directory, int entry) {
    path.putLong(0, entries.getLong(entry + ENTRY_NAME));
    path.putLong(Long.BYTES, entries.getLong(entry + ENTRY_NAME + Long.BYTES));
    int length;
    do {
      length = calls.readlinkat(directory, path, target);
    } while (again(length));
    return length;
  }

  /**
   * Reads the links that the entries are, as many as this binding reads at once. Returns where the
   * first entry begins that is yet to be read by {@link #readLink}.
   */
  public int readLinks(int directory, int length) {
    entriesRead.limit(length);
    return links.read(calls, directory, entriesRead);
  }

  /** What {@link #readLinks} has found. */
  public SocketLinks links() {
    return links;
  }

  public boolean isSocket(int length) {
    return length > Long.BYTES && target.getLong(0) == SOCKET;
  }

  /** The number in {@code socket:[12345]}. */
  public long inode(int length) {
    long inode = 0;
    for (int i = Long.BYTES; i < length - 1; i++) {
      inode = inode * 10 + target.get(i) - '0';
    }
    return inode;
  }

  /**
   * Reads and closes a process's status; null if the process is gone.
   *
   * @param fd the descriptor, or the {@code -errno} of opening it
   */
  public @Nullable ProcStat stat(int fd) {
    if (fd < 0) {
      failUnlessGone("openat", fd);
      return null;
    }
    int length;
    do {
      length = calls.read(fd, stat);
    } while (again(length));
    close(fd);
    if (length < 0) {
      failUnlessGone("read", length);
      return null;
    }
    ProcStat line = new ProcStat(stat, length);
    return line.isComplete() ? line : null;
  }

  /** Whether a call was interrupted, and not too often yet to make it again. */
  private boolean again(int result) {
    return result == -Errno.EINTR && ++interruptions <= MOST_INTERRUPTIONS;
  }

  public static boolean isForbidden(int result) {
    return result == -Errno.EACCES || result == -Errno.EPERM;
  }

  public static void failUnlessGone(String call, int result) {
    if (result != -Errno.ENOENT && result != -Errno.ESRCH) {
      throw Errno.failure(call, result, WHAT);
    }
  }
}
