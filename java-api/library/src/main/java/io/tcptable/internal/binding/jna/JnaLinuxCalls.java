// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding.jna;

import static java.lang.ref.Reference.reachabilityFence;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.tcptable.internal.binding.BpfIterator;
import io.tcptable.internal.binding.BpfStateChanges;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.binding.SystemCall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The system calls through the C library and JNA. */
public final class JnaLinuxCalls implements LinuxCalls {

  private static final int POLLFD_SIZE = 8;

  private final int getdents64 = SystemCall.getdents64();

  /** Makes a call that does nothing, so that JNA is loaded now or not at all. */
  public JnaLinuxCalls() {
    JnaLibC.close(-1);
  }

  @Override
  public int socket(int domain, int type, int protocol) {
    return result(JnaLibC.socket(domain, type, protocol));
  }

  @Override
  public int send(int fd, ByteBuffer message, int flags) {
    try {
      return result(JnaLibC.send(fd, address(message), message.limit(), flags));
    } finally {
      reachabilityFence(message);
    }
  }

  @Override
  public int recvfrom(
      int fd, ByteBuffer message, int flags, ByteBuffer sender, ByteBuffer senderLength) {
    try {
      return result(
          JnaLibC.recvfrom(
              fd,
              address(message),
              message.limit(),
              flags,
              address(sender),
              address(senderLength)));
    } finally {
      reachabilityFence(message);
      reachabilityFence(sender);
      reachabilityFence(senderLength);
    }
  }

  @Override
  public int setsockopt(int fd, int level, int option, ByteBuffer value) {
    try {
      return result(JnaLibC.setsockopt(fd, level, option, address(value), value.limit()));
    } finally {
      reachabilityFence(value);
    }
  }

  @Override
  public int openat(int directory, ByteBuffer path, int flags) {
    try {
      return result(JnaLibC.openat(directory, address(path), flags));
    } finally {
      reachabilityFence(path);
    }
  }

  @Override
  public int getdents64(int fd, ByteBuffer entries) {
    try {
      return result(JnaLibC.syscall(getdents64, fd, address(entries), entries.limit()));
    } finally {
      reachabilityFence(entries);
    }
  }

  @Override
  public int readlinkat(int directory, ByteBuffer path, ByteBuffer target) {
    try {
      return result(JnaLibC.readlinkat(directory, address(path), address(target), target.limit()));
    } finally {
      reachabilityFence(path);
      reachabilityFence(target);
    }
  }

  @Override
  public int getxattr(ByteBuffer path, ByteBuffer name, ByteBuffer value) {
    try {
      return result(JnaLibC.getxattr(address(path), address(name), address(value), value.limit()));
    } finally {
      reachabilityFence(path);
      reachabilityFence(name);
      reachabilityFence(value);
    }
  }

  @Override
  public int read(int fd, ByteBuffer bytes) {
    try {
      return result(JnaLibC.read(fd, address(bytes), bytes.limit()));
    } finally {
      reachabilityFence(bytes);
    }
  }

  @Override
  public int close(int fd) {
    return result(JnaLibC.close(fd));
  }

  @Override
  public int poll(ByteBuffer descriptors, int timeoutMillis) {
    try {
      return result(
          JnaLibC.poll(address(descriptors), descriptors.limit() / POLLFD_SIZE, timeoutMillis));
    } finally {
      reachabilityFence(descriptors);
    }
  }

  @Override
  public int pidfd_open(int pid, int flags) {
    return result(JnaLibC.syscall(SystemCall.PIDFD_OPEN, pid, flags, 0L, 0));
  }

  @Override
  public int pidfd_send_signal(int pidfd, int signal, int flags) {
    return result(JnaLibC.syscall(SystemCall.PIDFD_SEND_SIGNAL, pidfd, signal, 0L, flags));
  }

  @Override
  public int waitid(int kind, int id, ByteBuffer information, int options) {
    try {
      return result(JnaLibC.waitid(kind, id, address(information), options));
    } finally {
      reachabilityFence(information);
    }
  }

  @Override
  public int setns(int fd, int kind) {
    return result(JnaLibC.syscall(SystemCall.setns(), fd, kind, 0L, 0));
  }

  @Override
  public long mmap(long length, int protection, int flags, int fd, long offset) {
    long address = JnaLibC.mmap(0, length, protection, flags, fd, offset);
    return address != SystemCall.MAP_FAILED ? address : -Native.getLastError();
  }

  @Override
  public int munmap(long address, long length) {
    return result(JnaLibC.munmap(address, length));
  }

  @Override
  public ByteBuffer mapped(long address, int length) {
    return new Pointer(address).getByteBuffer(0, length).order(ByteOrder.nativeOrder());
  }

  @Override
  public int bpf_iter_create(int thread) {
    return BpfIterator.create(thread);
  }

  @Override
  public int bpf_state_changes_open(ByteBuffer request) {
    return BpfStateChanges.open(request);
  }

  /** Good for as long as the buffer is reachable. */
  private static long address(ByteBuffer buffer) {
    return Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
  }

  private static int result(long returned) {
    return returned >= 0 ? (int) returned : -Native.getLastError();
  }
}
