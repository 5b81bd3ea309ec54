package io.tcptable.internal.linux;

import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.table.OwnerSearch;
import io.tcptable.internal.table.SourceException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Looks into {@code /proc/PID/fd} for links such as {@code socket:[12345]}, with reused buffers and
 * no object per descriptor. Reusable, by one thread at a time.
 *
 * <p>All of one process is read through one open directory, which stays bound to that very process:
 * if it ends and its PID is given away meanwhile, the reads fail instead of mixing up the two.
 */
final class ProcDescriptorWalk {

  private static final String WHAT = "looking for the owners of sockets";

  private static final int AT_FDCWD = -100;
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
  private final ByteBuffer path = direct(32);

  /** As read, with room beyond the end so that a name may be copied by the long. */
  private final ByteBuffer entries = direct(ENTRIES_CAPACITY + NAME_ROOM);

  private final ByteBuffer entriesOut =
      entries.slice(0, ENTRIES_CAPACITY).order(ByteOrder.nativeOrder());
  private final ByteBuffer target = direct(64);
  private final ByteBuffer stat = direct(ProcStat.CAPACITY);
  private int interruptions;

  ProcDescriptorWalk(LinuxCalls calls) {
    this.calls = calls;
  }

  private static ByteBuffer direct(int capacity) {
    return ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
  }

  int openProc() {
    interruptions = 0;
    int proc = open(AT_FDCWD, "/proc");
    if (proc < 0) {
      throw Errno.failure("openat", proc, WHAT + " in /proc");
    }
    return proc;
  }

  /** The PIDs of all processes. */
  int[] processes(int proc) {
    int[] pids = new int[256];
    int count = 0;
    for (int length = list(proc); length > 0; length = list(proc)) {
      int end;
      for (int at = 0; at < length; at = end) {
        end = entryEnd(at, length);
        int pid = number(at + ENTRY_NAME);
        if (pid > 0) {
          if (count == pids.length) {
            pids = Arrays.copyOf(pids, 2 * count);
          }
          pids[count++] = pid;
        }
      }
    }
    return Arrays.copyOf(pids, count);
  }

  private int list(int proc) {
    int length = entries(proc);
    if (length < 0) {
      throw Errno.failure("getdents64", length, WHAT + " in /proc");
    }
    return length;
  }

  private int entries(int directory) {
    int length;
    do {
      length = calls.getdents64(directory, entriesOut);
    } while (again(length));
    return length;
  }

  /** Looks into one process; one that is gone holds nothing. */
  void look(int proc, int pid, OwnerSearch search, OwnerSearch.Share share) {
    interruptions = 0;
    int fd = open(proc, pid, "/fd");
    if (fd < 0) {
      if (isForbidden(fd)) {
        unreadable(open(proc, pid, "/stat"), share);
      } else {
        failUnlessGone("openat", fd);
      }
      return;
    }
    try {
      descriptors(fd, search, share);
      if (share.foundAny()) {
        identify(fd, pid, share);
      }
    } finally {
      close(fd);
    }
  }

  private void descriptors(int fd, OwnerSearch search, OwnerSearch.Share share) {
    int length = entries(fd);
    while (length > 0) {
      int end;
      for (int at = 0; at < length; at = end) {
        end = entryEnd(at, length);
        if (entries.get(at + ENTRY_NAME) != '.' && !descriptor(fd, at, search, share)) {
          share.discard();
          unreadable(open(fd, "../stat"), share);
          return;
        }
      }
      length = entries(fd);
    }
    if (length < 0) {
      failUnlessGone("getdents64", length);
      share.discard();
    }
  }

  /** Returns false if this process's links may not be read, or, at times, if it is just gone. */
  private boolean descriptor(int fd, int at, OwnerSearch search, OwnerSearch.Share share) {
    path.putLong(0, entries.getLong(at + ENTRY_NAME));
    path.putLong(Long.BYTES, entries.getLong(at + ENTRY_NAME + Long.BYTES));
    int length;
    do {
      length = calls.readlinkat(fd, path, target);
    } while (again(length));
    if (length < 0) {
      if (isForbidden(length)) {
        return false;
      }
      failUnlessGone("readlinkat", length);
      return true;
    }
    if (length > Long.BYTES && target.getLong(0) == SOCKET) {
      int index = search.indexOf(inode(length));
      if (index >= 0) {
        share.found(index);
      }
    }
    return true;
  }

  private long inode(int length) {
    long inode = 0;
    for (int i = Long.BYTES; i < length - 1; i++) {
      inode = inode * 10 + target.get(i) - '0';
    }
    return inode;
  }

  private void identify(int fd, int pid, OwnerSearch.Share share) {
    ProcStat line = stat(open(fd, "../stat"));
    if (line == null) {
      share.discard();
    } else {
      share.commit(line.identity(pid));
    }
  }

  /** Counts a process that may not be looked into, unless it is gone or holds nothing anyway. */
  private void unreadable(int fd, OwnerSearch.Share share) {
    if (isForbidden(fd)) {
      // All of it is hidden, as under hidepid in proc(5): it may well hold something.
      share.unreadable();
      return;
    }
    ProcStat line = stat(fd);
    if (line != null && !line.holdsNothing()) {
      share.unreadable();
    }
  }

  /** Reads and closes a process's status; null if the process is gone. */
  private @Nullable ProcStat stat(int fd) {
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

  private int entryEnd(int at, int end) {
    int left = end - at;
    int length = left < SHORTEST_ENTRY ? left : Netlink.unsignedShort(entries, at + ENTRY_LENGTH);
    if (length < SHORTEST_ENTRY || length > left) {
      throw new SourceException(
          "getdents64",
          "",
          WHAT + ": a directory entry of " + length + " bytes where " + left + " are left");
    }
    return at + length;
  }

  private int open(int directory, String name) {
    return open(directory, 0, name);
  }

  /** Opens a path that begins with the number, or without one if it is 0. */
  private int open(int directory, int number, String name) {
    int at = 0;
    if (number > 0) {
      int digits = 1;
      for (int rest = number; rest >= 10; rest /= 10) {
        digits++;
      }
      int rest = number;
      for (int i = digits - 1; i >= 0; i--) {
        path.put(i, (byte) ('0' + rest % 10));
        rest /= 10;
      }
      at = digits;
    }
    for (int i = 0; i < name.length(); i++) {
      path.put(at++, (byte) name.charAt(i));
    }
    path.put(at, (byte) 0);
    int fd;
    do {
      fd = calls.openat(directory, path, O_CLOEXEC);
    } while (again(fd));
    return fd;
  }

  void close(int fd) {
    calls.close(fd);
  }

  /** The number that a name consists of, or 0. */
  private int number(int at) {
    int number = 0;
    for (int i = at; entries.get(i) != 0; i++) {
      int digit = entries.get(i) - '0';
      if (digit < 0 || digit > 9 || i - at == MOST_DIGITS) {
        return 0;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /** Whether a call was interrupted, and not too often yet to make it again. */
  private boolean again(int result) {
    return result == -Errno.EINTR && ++interruptions <= MOST_INTERRUPTIONS;
  }

  private static boolean isForbidden(int result) {
    return result == -Errno.EACCES || result == -Errno.EPERM;
  }

  private static void failUnlessGone(String call, int result) {
    if (result != -Errno.ENOENT && result != -Errno.ESRCH) {
      throw Errno.failure(call, result, WHAT);
    }
  }
}
