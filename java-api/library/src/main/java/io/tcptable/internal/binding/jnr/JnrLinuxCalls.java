// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding.jnr;

import io.tcptable.internal.binding.BpfIterator;
import io.tcptable.internal.binding.BpfStateChanges;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.binding.SystemCall;
import java.nio.ByteBuffer;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;
import jnr.ffi.Platform;
import jnr.ffi.Runtime;

/** The system calls through the C library and jnr-ffi. */
public final class JnrLinuxCalls implements LinuxCalls {

  private static final int POLLFD_SIZE = 8;

  private final int getdents64 = SystemCall.getdents64();
  private final JnrLibC libC = load();

  /** Where jnr-ffi leaves the errno that it saved right behind this thread's last call. */
  private final Runtime runtime = Runtime.getRuntime(libC);

  private static JnrLibC load() {
    ExportedPackage.require(JnrLibC.class);
    return LibraryLoader.create(JnrLibC.class)
        .failImmediately()
        .option(LibraryOption.SaveError, true)
        .load(Platform.getNativePlatform().getStandardCLibraryName());
  }

  @Override
  public int socket(int domain, int type, int protocol) {
    return result(libC.socket(domain, type, protocol));
  }

  @Override
  public int send(int fd, ByteBuffer message, int flags) {
    return result(libC.send(fd, message, message.limit(), flags));
  }

  @Override
  public int recvfrom(
      int fd, ByteBuffer message, int flags, ByteBuffer sender, ByteBuffer senderLength) {
    return result(libC.recvfrom(fd, message, message.limit(), flags, sender, senderLength));
  }

  @Override
  public int setsockopt(int fd, int level, int option, ByteBuffer value) {
    return result(libC.setsockopt(fd, level, option, value, value.limit()));
  }

  @Override
  public int openat(int directory, ByteBuffer path, int flags) {
    return result(libC.openat(directory, path, flags));
  }

  @Override
  public int getdents64(int fd, ByteBuffer entries) {
    return result(libC.syscall(getdents64, fd, entries, entries.limit()));
  }

  @Override
  public int readlinkat(int directory, ByteBuffer path, ByteBuffer target) {
    return result(libC.readlinkat(directory, path, target, target.limit()));
  }

  @Override
  public int getxattr(ByteBuffer path, ByteBuffer name, ByteBuffer value) {
    return result(libC.getxattr(path, name, value, value.limit()));
  }

  @Override
  public int read(int fd, ByteBuffer bytes) {
    return result(libC.read(fd, bytes, bytes.limit()));
  }

  @Override
  public int close(int fd) {
    return result(libC.close(fd));
  }

  @Override
  public int poll(ByteBuffer descriptors, int timeoutMillis) {
    return result(libC.poll(descriptors, descriptors.limit() / POLLFD_SIZE, timeoutMillis));
  }

  @Override
  public int pidfd_open(int pid, int flags) {
    return result(libC.syscall(SystemCall.PIDFD_OPEN, pid, flags, 0L, 0));
  }

  @Override
  public int pidfd_send_signal(int pidfd, int signal, int flags) {
    return result(libC.syscall(SystemCall.PIDFD_SEND_SIGNAL, pidfd, signal, 0L, flags));
  }

  @Override
  public int waitid(int kind, int id, ByteBuffer information, int options) {
    return result(libC.waitid(kind, id, information, options));
  }

  @Override
  public int setns(int fd, int kind) {
    return result(libC.syscall(SystemCall.setns(), fd, kind, 0L, 0));
  }

  @Override
  public long mmap(long length, int protection, int flags, int fd, long offset) {
    long address = libC.mmap(null, length, protection, flags, fd, offset);
    return address != SystemCall.MAP_FAILED ? address : -runtime.getLastError();
  }

  @Override
  public int munmap(long address, long length) {
    return result(libC.munmap(address, length));
  }

  @Override
  public ByteBuffer mapped(long address, int length) {
    return BpfStateChanges.mapped(address, length);
  }

  @Override
  public int bpf_iter_create(int thread) {
    return BpfIterator.create(thread);
  }

  @Override
  public int bpf_state_changes_open(ByteBuffer request) {
    return BpfStateChanges.open(request);
  }

  private int result(long returned) {
    return returned >= 0 ? (int) returned : -runtime.getLastError();
  }
}
