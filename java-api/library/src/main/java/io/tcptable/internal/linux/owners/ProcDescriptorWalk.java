// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.owners;

import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.linux.kernel.ProcCalls;
import io.tcptable.internal.linux.kernel.ProcStat;
import io.tcptable.internal.linux.kernel.SocketLinks;
import io.tcptable.internal.table.OwnerSearch;
import java.util.Arrays;

/**
 * Looks into {@code /proc/PID/fd} for links such as {@code socket:[12345]}. Reusable, by one thread
 * at a time.
 *
 * <p>All of one process is read through one open directory, which stays bound to that very process:
 * if it ends and its PID is given away meanwhile, the reads fail instead of mixing up the two.
 */
final class ProcDescriptorWalk {

  private static final String WHAT = ProcCalls.WHAT + " in /proc";

  /** Stands for a number of descriptors where they may not be read, or, at times, are just gone. */
  private static final int FORBIDDEN = -1;

  private final ProcCalls calls;
  private int[] numbers = new int[256];

  ProcDescriptorWalk(LinuxCalls calls) {
    this.calls = new ProcCalls(calls);
  }

  int openProc() {
    calls.begin();
    int proc = calls.open(ProcCalls.AT_FDCWD, "/proc");
    if (proc < 0) {
      throw Errno.failure("openat", proc, WHAT);
    }
    return proc;
  }

  void close(int fd) {
    calls.close(fd);
  }

  /** The PIDs of all processes that are shown to this user, in the kernel's order. */
  int[] processes(int proc) {
    int count = 0;
    int length = calls.list(proc);
    for (; length > 0; length = calls.list(proc)) {
      count = collect(length, count);
    }
    if (length < 0) {
      throw Errno.failure("getdents64", length, WHAT);
    }
    return Arrays.copyOf(numbers, count);
  }

  /** Whether a process is shown to this user. */
  boolean isListed(int proc, int pid) {
    calls.begin();
    int fd = calls.open(proc, "", pid, "/stat");
    if (fd >= 0) {
      close(fd);
    }
    return fd != -Errno.ENOENT;
  }

  /** Whether the links of a process may be read, told by the first; of one without any, yes. */
  boolean mayLook(int proc, int pid) {
    calls.begin();
    int fd = calls.open(proc, "", pid, "/fd");
    if (fd < 0) {
      return fd != -Errno.ENOENT && !ProcCalls.isForbidden(fd);
    }
    try {
      int length = calls.list(fd);
      int at = 0;
      while (at < length && calls.isDots(at)) {
        at = calls.entryEnd(at, length);
      }
      return at >= length || !ProcCalls.isForbidden(calls.readLink(fd, at));
    } finally {
      close(fd);
    }
  }

  /** Adds the numbers among the names of a part of a directory, and returns how many there are. */
  private int collect(int length, int before) {
    int count = before;
    int end;
    for (int at = 0; at < length; at = end) {
      end = calls.entryEnd(at, length);
      int number = calls.number(at);
      if (number > 0) {
        if (count == numbers.length) {
          numbers = Arrays.copyOf(numbers, 2 * count);
        }
        numbers[count++] = number;
      }
    }
    return count;
  }

  /** Looks into one process; one that is gone holds nothing. */
  void look(int proc, int pid, OwnerSearch search, OwnerSearch.Share share) {
    calls.begin();
    int fd = calls.open(proc, "", pid, "/fd");
    if (fd < 0) {
      if (ProcCalls.isForbidden(fd)) {
        unreadable(proc, pid, share);
      } else {
        ProcCalls.failUnlessGone("openat", fd);
      }
      return;
    }
    try {
      int seen = descriptors(fd, search, share);
      if (seen == 0) {
        seen = descriptorsOfThreads(fd, search, share);
      }
      if (seen == FORBIDDEN || (share.foundAny() && !identify(fd, pid, share))) {
        unreadable(proc, pid, share);
      }
    } finally {
      close(fd);
    }
  }

  /** Returns how many descriptors there are. */
  private int descriptors(int fd, OwnerSearch search, OwnerSearch.Share share) {
    int seen = 0;
    int length = calls.list(fd);
    while (length > 0) {
      int end;
      int unread = calls.readLinks(fd, length);
      seen += noteSockets(calls.links(), search, share);
      for (int at = unread; at < length; at = end) {
        end = calls.entryEnd(at, length);
        if (!calls.isDots(at)) {
          seen++;
          if (!descriptor(fd, at, search, share)) {
            return FORBIDDEN;
          }
        }
      }
      // A part is as long as it may be: none in the first, none at all.
      length = seen == 0 ? 0 : calls.list(fd);
    }
    if (length < 0) {
      ProcCalls.failUnlessGone("getdents64", length);
      share.discard();
    }
    return seen;
  }

  /** Returns how many descriptors these are of. */
  private static int noteSockets(SocketLinks links, OwnerSearch search, OwnerSearch.Share share) {
    for (int i = 0; i < links.sockets(); i++) {
      note(links.inode(i), search, share);
    }
    return links.read();
  }

  private static void note(long inode, OwnerSearch search, OwnerSearch.Share share) {
    int index = search.indexOf(inode);
    if (index >= 0) {
      share.found(index);
    }
  }

  /** Returns false if this process's links may not be read. */
  private boolean descriptor(int fd, int at, OwnerSearch search, OwnerSearch.Share share) {
    int length = calls.readLink(fd, at);
    if (length < 0) {
      if (ProcCalls.isForbidden(length)) {
        return false;
      }
      ProcCalls.failUnlessGone("readlinkat", length);
    } else if (calls.isSocket(length)) {
      note(calls.inode(length), search, share);
    }
    return true;
  }

  /**
   * Where the first thread of a process has ended, the process shows no descriptor, but the threads
   * that live on do, all of them the same. Returns how many.
   */
  private int descriptorsOfThreads(int fd, OwnerSearch search, OwnerSearch.Share share) {
    int threads = threads(fd);
    int seen = Math.min(0, threads);
    for (int i = 0; threads > 1 && i < threads && seen == 0; i++) {
      int thread = calls.open(fd, "../task/", numbers[i], "/fd");
      if (thread < 0) {
        seen = noneOf(thread);
      } else {
        try {
          seen = descriptors(thread, search, share);
        } finally {
          close(thread);
        }
      }
    }
    return seen;
  }

  /** Lists the threads of a process, and returns how many there are, or {@link #FORBIDDEN}. */
  private int threads(int fd) {
    int task = calls.open(fd, "../task");
    if (task < 0) {
      return noneOf(task);
    }
    try {
      int count = 0;
      int length = calls.list(task);
      for (; length > 0; length = count > 1 ? calls.list(task) : 0) {
        count = collect(length, count);
      }
      if (length < 0) {
        ProcCalls.failUnlessGone("getdents64", length);
      }
      return count;
    } finally {
      close(task);
    }
  }

  private static int noneOf(int result) {
    if (ProcCalls.isForbidden(result)) {
      return FORBIDDEN;
    }
    ProcCalls.failUnlessGone("openat", result);
    return 0;
  }

  /**
   * Identifies the process that was looked into, even if another one has its PID by now. Returns
   * false if it may no longer be looked into: an ended process belongs to root until it is reaped.
   */
  private boolean identify(int fd, int pid, OwnerSearch.Share share) {
    int stat = calls.open(fd, "../stat");
    if (ProcCalls.isForbidden(stat)) {
      return false;
    }
    ProcStat line = calls.stat(stat);
    if (line == null) {
      share.discard();
    } else {
      share.commit(line.identity(pid));
    }
    return true;
  }

  /** Counts a process that may not be looked into, unless it is gone or holds nothing anyway. */
  private void unreadable(int proc, int pid, OwnerSearch.Share share) {
    share.discard();
    int fd = calls.open(proc, "", pid, "/stat");
    if (ProcCalls.isForbidden(fd)) {
      // All of it is hidden, as under hidepid in proc(5): it may well hold something.
      share.unreadable();
      return;
    }
    ProcStat line = calls.stat(fd);
    if (line != null && !line.holdsNothing()) {
      share.unreadable();
    }
  }
}
