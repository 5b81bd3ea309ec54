// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.linux.kernel.Errno;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One process of the fake kernel and where its descriptors lead. */
public final class FakeProcess {

  private static final int PF_KTHREAD = 0x00200000;

  private final int pid;
  private final String name;
  private final long start;
  private final NavigableMap<Integer, String> links = new ConcurrentSkipListMap<>();
  private char state = 'S';
  private int threads = 1;
  private int flags = 0x00400000;
  private volatile boolean ended;

  FakeProcess(int pid, String name, long start) {
    this.pid = pid;
    this.name = name;
    this.start = start;
  }

  /** Clock ticks since boot. */
  public long start() {
    return start;
  }

  /** Holds sockets by their inodes, at the next free descriptors. */
  public FakeProcess holds(long... inodes) {
    for (long inode : inodes) {
      links("socket:[" + inode + "]");
    }
    return this;
  }

  /** Holds something at the next free descriptor. */
  public FakeProcess links(String target) {
    links.put(links.isEmpty() ? 0 : links.lastKey() + 1, target);
    return this;
  }

  public FakeProcess kernelThread() {
    flags |= PF_KTHREAD;
    return this;
  }

  /**
   * Dead, but with so many threads left, itself included: those that live, whose numbers follow the
   * PID, show the descriptors.
   */
  public FakeProcess zombie(int threads) {
    state = 'Z';
    this.threads = threads;
    return this;
  }

  public void closes(int descriptor) {
    links.remove(descriptor);
  }

  void end() {
    ended = true;
  }

  /** The line in {@code /proc/PID/stat}. */
  String stat() {
    return pid
        + (" (" + name + ") " + state + " 1 1 1 0 -1 " + flags)
        + (" 100 0 0 0 5 6 0 0 20 0 " + threads + " 0 " + start)
        + (" 12345678 900 18446744073709551615 " + "0 ".repeat(26) + "0\n");
  }

  @Nullable FakeFile open(String path, String name) {
    return switch (name) {
      case "fd" -> new Descriptors(path, pid);
      case "stat" -> new Stat(path);
      default -> null;
    };
  }

  private Collection<Integer> descriptors(int thread) {
    return thread == pid && state == 'Z' ? List.of() : links.keySet();
  }

  private boolean hasThread(int thread) {
    return !ended && thread >= pid && thread < pid + threads;
  }

  private static DirectoryEntries names(Collection<Integer> numbers) {
    return new DirectoryEntries(numbers.stream().map(String::valueOf).toList());
  }

  private static int write(String text, ByteBuffer into) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int fits = Math.min(bytes.length, into.limit());
    into.put(0, bytes, 0, fits);
    return fits;
  }

  /** {@code /proc/PID/fd}, or {@code task/TID/fd}. */
  private final class Descriptors implements FakeFile {

    private final String path;
    private final DirectoryEntries entries;

    Descriptors(String path, int thread) {
      this.path = path;
      this.entries = names(descriptors(thread));
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public int entries(ByteBuffer into) {
      return ended ? -Errno.ENOENT : entries.writeTo(into);
    }

    @Override
    public int link(String name, ByteBuffer target) {
      String link = ended ? null : links.get(Integer.parseInt(name));
      return link == null ? -Errno.ENOENT : write(link, target);
    }

    @Override
    public @Nullable FakeFile open(String name) {
      if (ended) {
        return null;
      }
      return switch (name) {
        case "../stat" -> new Stat(path + "/" + name);
        case "../task" -> new Threads(path + "/" + name);
        default -> thread(name, Integer.parseInt(name.split("/", -1)[2]));
      };
    }

    private @Nullable FakeFile thread(String name, int thread) {
      return name.equals("../task/" + thread + "/fd") && hasThread(thread)
          ? new Descriptors(path + "/" + name, thread)
          : null;
    }
  }

  /** {@code /proc/PID/task}. */
  private final class Threads implements FakeFile {

    private final String path;
    private final DirectoryEntries entries =
        names(IntStream.range(pid, pid + threads).boxed().toList());

    Threads(String path) {
      this.path = path;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public int entries(ByteBuffer into) {
      return ended ? -Errno.ENOENT : entries.writeTo(into);
    }
  }

  /** {@code /proc/PID/stat}. */
  private final class Stat implements FakeFile {

    private final String path;

    Stat(String path) {
      this.path = path;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public int read(ByteBuffer into) {
      return ended ? -Errno.ESRCH : write(stat(), into);
    }
  }
}
