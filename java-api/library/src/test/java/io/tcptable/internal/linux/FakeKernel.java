// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.linux.netlink.FakeNetlink;
import io.tcptable.internal.linux.owners.FakeIterator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for Linux: sock_diag answers as scripted, {@code /proc} holds the processes it was
 * given, the eBPF iterator tells what it was told, and any call fails when told to. It keeps the
 * books on descriptors, whose numbers it never gives twice, and fails the test when the seam is
 * misused.
 *
 * <p>Safe for use by many threads.
 */
public class FakeKernel implements LinuxCalls {

  private static final int AT_FDCWD = -100;
  private static final int ENOSYS = 38;

  private final FakeProc proc = new FakeProc();
  private final FakeNetlink netlink = new FakeNetlink();
  private final FakeIterator iterator = new FakeIterator();
  private final List<Fault> faults = new ArrayList<>();
  private final Map<Integer, FakeFile> open = new HashMap<>();
  private int lastDescriptor = 100;
  private int opened;

  /** The processes. */
  public FakeProc proc() {
    return proc;
  }

  /** What sock_diag answers to each request. */
  public FakeNetlink netlink() {
    return netlink;
  }

  /** What the eBPF iterator tells. */
  public FakeIterator iterator() {
    return iterator;
  }

  /** Arranges for something to happen when this call is made. */
  public Fault on(String call) {
    return on(call, "");
  }

  /** The same, only when it concerns this path, such as {@code /proc/7/fd/3}. */
  public synchronized Fault on(String call, String path) {
    Fault fault = new Fault(call, path);
    faults.add(fault);
    return fault;
  }

  /** Where the descriptors lead that nobody has closed. */
  public synchronized List<String> open() {
    return open.values().stream().map(FakeFile::path).sorted().toList();
  }

  /** How many descriptors were ever given out. */
  public synchronized int opened() {
    return opened;
  }

  @Override
  public int socket(int domain, int type, int protocol) {
    int result = fault("socket", FakeNetlink.PATH);
    return result != 0 ? result : give(netlink.socket(domain, type, protocol));
  }

  @Override
  public int send(int fd, ByteBuffer message, int flags) {
    FakeFile file = file(fd);
    int result = fault("send", file.path());
    return result != 0 ? result : file.send(checked(message));
  }

  @Override
  public int recvfrom(
      int fd, ByteBuffer message, int flags, ByteBuffer sender, ByteBuffer senderLength) {
    FakeFile file = file(fd);
    int result = fault("recvfrom", file.path());
    return result != 0
        ? result
        : file.receive(checked(message), flags, checked(sender), checked(senderLength));
  }

  @Override
  public int setsockopt(int fd, int level, int option, ByteBuffer value) {
    FakeFile file = file(fd);
    int result = fault("setsockopt", file.path());
    return result != 0 ? result : file.set(level, option, checked(value));
  }

  @Override
  public int openat(int directory, ByteBuffer path, int flags) {
    String name = text(path);
    FakeFile from = directory == AT_FDCWD ? proc.parent() : file(directory);
    int result = fault("openat", from.path() + (name.startsWith("/") ? "" : "/") + name);
    return result != 0 ? result : give(from.open(name));
  }

  @Override
  public int getdents64(int fd, ByteBuffer entries) {
    FakeFile file = file(fd);
    int result = fault("getdents64", file.path());
    return result != 0 ? result : file.entries(checked(entries));
  }

  @Override
  public int readlinkat(int directory, ByteBuffer path, ByteBuffer target) {
    FakeFile from = file(directory);
    String name = text(path);
    int result = fault("readlinkat", from.path() + "/" + name);
    return result != 0 ? result : from.link(name, checked(target));
  }

  @Override
  public int getxattr(ByteBuffer path, ByteBuffer name, ByteBuffer value) {
    return -ENOSYS;
  }

  @Override
  public int read(int fd, ByteBuffer bytes) {
    FakeFile file = file(fd);
    int result = fault("read", file.path());
    return result != 0 ? result : file.read(checked(bytes));
  }

  /** Closes the descriptor even if it is told to fail, as the real one does. */
  @Override
  public int close(int fd) {
    int result = fault("close", file(fd).path());
    synchronized (this) {
      if (open.remove(fd) == null) {
        throw new AssertionError("descriptor " + fd + " is closed twice");
      }
    }
    return result;
  }

  @Override
  public int poll(ByteBuffer descriptors, int timeoutMillis) {
    return -ENOSYS;
  }

  @Override
  public int pidfd_open(int pid, int flags) {
    return -ENOSYS;
  }

  @Override
  public int pidfd_send_signal(int pidfd, int signal, int flags) {
    return -ENOSYS;
  }

  @Override
  public int waitid(int kind, int id, ByteBuffer information, int options) {
    return -ENOSYS;
  }

  @Override
  public int setns(int fd, int kind) {
    return -ENOSYS;
  }

  @Override
  public int bpf_iter_create(int thread) {
    int result = fault("bpf_iter_create", FakeIterator.PATH);
    return result != 0 ? result : give(iterator.open(thread));
  }

  @Override
  public long mmap(long length, int protection, int flags, int fd, long offset) {
    return -ENOSYS;
  }

  @Override
  public int munmap(long address, long length) {
    throw new AssertionError("nothing is mapped");
  }

  @Override
  public ByteBuffer mapped(long address, int length) {
    throw new AssertionError("nothing is mapped");
  }

  @Override
  public int bpf_state_changes_open(ByteBuffer request) {
    return -ENOSYS;
  }

  /** What the call returns instead of what it would; 0 if it may go on. */
  private int fault(String call, String path) {
    for (Fault fault : snapshot()) {
      int result = fault.strike(call, path);
      if (result != 0) {
        return result;
      }
    }
    return 0;
  }

  private synchronized List<Fault> snapshot() {
    return List.copyOf(faults);
  }

  private synchronized int give(@Nullable FakeFile file) {
    if (file == null) {
      return -Errno.ENOENT;
    }
    opened++;
    open.put(++lastDescriptor, file);
    return lastDescriptor;
  }

  private synchronized FakeFile file(int fd) {
    FakeFile file = open.get(fd);
    if (file == null) {
      throw new AssertionError("use of descriptor " + fd + ", which is not open");
    }
    return file;
  }

  private static ByteBuffer checked(ByteBuffer buffer) {
    if (!buffer.isDirect()
        || buffer.order() != ByteOrder.nativeOrder()
        || buffer.position() != 0
        || buffer.isReadOnly()) {
      throw new AssertionError("not a buffer for a system call: " + buffer);
    }
    return buffer;
  }

  private static String text(ByteBuffer path) {
    int end = 0;
    while (checked(path).get(end) != 0) {
      end++;
    }
    byte[] name = new byte[end];
    path.get(0, name);
    return new String(name, StandardCharsets.US_ASCII);
  }
}
