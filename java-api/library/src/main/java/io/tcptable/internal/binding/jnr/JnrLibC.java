// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding.jnr;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Functions of the C library, implemented by jnr-ffi at run time; public because its class lives in
 * a class loader of its own. A direct buffer is passed by its address. {@code syscall} is declared
 * once for each kind of arguments; on Linux a variadic function takes integers and pointers like
 * any other.
 */
public interface JnrLibC {

  int socket(int domain, int type, int protocol);

  long send(int fd, ByteBuffer message, long length, int flags);

  long recvfrom(
      int fd,
      ByteBuffer message,
      long length,
      int flags,
      ByteBuffer sender,
      ByteBuffer senderLength);

  int setsockopt(int fd, int level, int option, ByteBuffer value, int length);

  int openat(int directory, ByteBuffer path, int flags);

  long readlinkat(int directory, ByteBuffer path, ByteBuffer target, long length);

  long getxattr(ByteBuffer path, ByteBuffer name, ByteBuffer value, long length);

  long read(int fd, ByteBuffer bytes, long length);

  int close(int fd);

  int poll(ByteBuffer descriptors, long count, int timeoutMillis);

  int waitid(int kind, int id, ByteBuffer information, int options);

  /** Without an address, as a buffer: jffi 1.3.14 confuses six numbers. */
  long mmap(
      @Nullable ByteBuffer address, long length, int protection, int flags, int fd, long offset);

  int munmap(long address, long length);

  long syscall(long number, int fd, ByteBuffer bytes, long length);

  long syscall(long number, int first, int second, long third, int fourth);
}
