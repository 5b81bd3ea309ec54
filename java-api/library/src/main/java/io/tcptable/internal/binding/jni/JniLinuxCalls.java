// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding.jni;

import io.tcptable.internal.binding.BpfIterator;
import io.tcptable.internal.binding.BpfStateChanges;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.binding.NativeLibrary;
import io.tcptable.internal.binding.NativePlatform;
import java.nio.ByteBuffer;

/**
 * The system calls through our own JNI library, which binds the native methods as it loads: {@code
 * native/src/main/c/linux/jni_linux_calls.c}.
 */
public final class JniLinuxCalls implements LinuxCalls {

  /** Loads the library, once a JVM. */
  public JniLinuxCalls() {
    NativeLibrary.load(NativePlatform.LINUX);
  }

  @Override
  public native int socket(int domain, int type, int protocol);

  @Override
  public int send(int fd, ByteBuffer message, int flags) {
    return send(fd, message, message.limit(), flags);
  }

  private native int send(int fd, ByteBuffer message, int length, int flags);

  @Override
  public int recvfrom(
      int fd, ByteBuffer message, int flags, ByteBuffer sender, ByteBuffer senderLength) {
    return recvfrom(fd, message, message.limit(), flags, sender, senderLength);
  }

  private native int recvfrom(
      int fd,
      ByteBuffer message,
      int length,
      int flags,
      ByteBuffer sender,
      ByteBuffer senderLength);

  @Override
  public int setsockopt(int fd, int level, int option, ByteBuffer value) {
    return setsockopt(fd, level, option, value, value.limit());
  }

  private native int setsockopt(int fd, int level, int option, ByteBuffer value, int length);

  @Override
  public native int openat(int directory, ByteBuffer path, int flags);

  @Override
  public int getdents64(int fd, ByteBuffer entries) {
    return getdents64(fd, entries, entries.limit());
  }

  private native int getdents64(int fd, ByteBuffer entries, int length);

  @Override
  public int readlinkat(int directory, ByteBuffer path, ByteBuffer target) {
    return readlinkat(directory, path, target, target.limit());
  }

  private native int readlinkat(int directory, ByteBuffer path, ByteBuffer target, int length);

  @Override
  public int getxattr(ByteBuffer path, ByteBuffer name, ByteBuffer value) {
    return getxattr(path, name, value, value.limit());
  }

  private native int getxattr(ByteBuffer path, ByteBuffer name, ByteBuffer value, int length);

  @Override
  public int socket_links(int directory, ByteBuffer entries, ByteBuffer links) {
    return socket_links(directory, entries, entries.limit(), links, links.limit());
  }

  private native int socket_links(
      int directory, ByteBuffer entries, int length, ByteBuffer links, int room);

  @Override
  public int read(int fd, ByteBuffer bytes) {
    return read(fd, bytes, bytes.limit());
  }

  private native int read(int fd, ByteBuffer bytes, int length);

  @Override
  public native int close(int fd);

  @Override
  public int poll(ByteBuffer descriptors, int timeoutMillis) {
    return poll(descriptors, descriptors.limit(), timeoutMillis);
  }

  private native int poll(ByteBuffer descriptors, int length, int timeoutMillis);

  @Override
  public native int pidfd_open(int pid, int flags);

  @Override
  public native int pidfd_send_signal(int pidfd, int signal, int flags);

  @Override
  public native int waitid(int kind, int id, ByteBuffer information, int options);

  @Override
  public native int setns(int fd, int kind);

  @Override
  public native long mmap(long length, int protection, int flags, int fd, long offset);

  @Override
  public native int munmap(long address, long length);

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
}
