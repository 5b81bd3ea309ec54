// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import io.tcptable.internal.binding.LinuxCalls;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * Real calls, of which one in so many fails instead with an errno by turns; keeps book of the
 * descriptors in between. Closing never fails.
 */
final class FailingCalls implements LinuxCalls {

  /** More calls than one snapshot takes, so that some fail at the start, some not at all. */
  private static final int ONE_IN = 300;

  private static final int[] ERRORS = {
    Numbers.EINTR, Numbers.EMFILE, Numbers.ENOMEM, Numbers.EACCES, Numbers.ENOENT, Numbers.ENOBUFS
  };

  private final LinuxCalls calls;
  private final SplittableRandom random = new SplittableRandom(3001);
  private final Set<Integer> open = ConcurrentHashMap.newKeySet();
  private volatile boolean failing;

  FailingCalls(LinuxCalls calls) {
    this.calls = calls;
  }

  void failFromNowOn() {
    failing = true;
  }

  /** The descriptors that were opened and not closed. */
  Set<Integer> open() {
    return Collections.unmodifiableSet(open);
  }

  private int orFail(IntSupplier call) {
    int failure = failing ? failure() : 0;
    return failure != 0 ? failure : call.getAsInt();
  }

  private synchronized int failure() {
    return random.nextInt(ONE_IN) == 0 ? -ERRORS[random.nextInt(ERRORS.length)] : 0;
  }

  private int opening(IntSupplier call) {
    int fd = orFail(call);
    if (fd >= 0) {
      open.add(fd);
    }
    return fd;
  }

  @Override
  public int close(int fd) {
    open.remove(fd);
    return calls.close(fd);
  }

  @Override
  public int socket(int domain, int type, int protocol) {
    return opening(() -> calls.socket(domain, type, protocol));
  }

  @Override
  public int setsockopt(int fd, int level, int option, ByteBuffer value) {
    return orFail(() -> calls.setsockopt(fd, level, option, value));
  }

  @Override
  public int openat(int directory, ByteBuffer path, int flags) {
    return opening(() -> calls.openat(directory, path, flags));
  }

  @Override
  public int pidfd_open(int pid, int flags) {
    return opening(() -> calls.pidfd_open(pid, flags));
  }

  @Override
  public int waitid(int kind, int id, ByteBuffer information, int options) {
    return orFail(() -> calls.waitid(kind, id, information, options));
  }

  @Override
  public int setns(int fd, int kind) {
    return orFail(() -> calls.setns(fd, kind));
  }

  @Override
  public int send(int fd, ByteBuffer message, int flags) {
    return orFail(() -> calls.send(fd, message, flags));
  }

  @Override
  public int recvfrom(
      int fd, ByteBuffer message, int flags, ByteBuffer sender, ByteBuffer senderLength) {
    return orFail(() -> calls.recvfrom(fd, message, flags, sender, senderLength));
  }

  @Override
  public int getdents64(int fd, ByteBuffer entries) {
    return orFail(() -> calls.getdents64(fd, entries));
  }

  @Override
  public int readlinkat(int directory, ByteBuffer path, ByteBuffer target) {
    return orFail(() -> calls.readlinkat(directory, path, target));
  }

  @Override
  public int getxattr(ByteBuffer path, ByteBuffer name, ByteBuffer value) {
    return orFail(() -> calls.getxattr(path, name, value));
  }

  @Override
  public int read(int fd, ByteBuffer bytes) {
    return orFail(() -> calls.read(fd, bytes));
  }

  @Override
  public int poll(ByteBuffer descriptors, int timeoutMillis) {
    return orFail(() -> calls.poll(descriptors, timeoutMillis));
  }

  @Override
  public int pidfd_send_signal(int pidfd, int signal, int flags) {
    return orFail(() -> calls.pidfd_send_signal(pidfd, signal, flags));
  }

  @Override
  public int bpf_iter_create(int thread) {
    return opening(() -> calls.bpf_iter_create(thread));
  }

  @Override
  public long mmap(long length, int protection, int flags, int fd, long offset) {
    return calls.mmap(length, protection, flags, fd, offset);
  }

  @Override
  public int munmap(long address, long length) {
    return calls.munmap(address, length);
  }

  @Override
  public ByteBuffer mapped(long address, int length) {
    return calls.mapped(address, length);
  }

  @Override
  public int bpf_state_changes_open(ByteBuffer request) {
    return orFail(() -> calls.bpf_state_changes_open(request));
  }
}
