// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding.jna;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * Functions of the C library, mapped directly; all of them are found in the process itself.
 *
 * <p>Pointers are plain addresses: passing a {@code ByteBuffer}, JNA would take about 100 ns for
 * each to look into it. JNA saves errno right behind every call in a place of the calling thread:
 * {@link Native#getLastError()}. {@code syscall} is declared once for each kind of arguments; on
 * Linux a variadic function takes integers and pointers like any other.
 */
final class JnaLibC {

  static {
    Native.register(JnaLibC.class, NativeLibrary.getProcess());
  }

  private JnaLibC() {}

  static native int socket(int domain, int type, int protocol);

  static native long send(int fd, long message, long length, int flags);

  static native long recvfrom(
      int fd, long message, long length, int flags, long sender, long senderLength);

  static native int setsockopt(int fd, int level, int option, long value, int length);

  static native int openat(int directory, long path, int flags);

  static native long readlinkat(int directory, long path, long target, long length);

  static native long getxattr(long path, long name, long value, long length);

  static native long read(int fd, long bytes, long length);

  static native int close(int fd);

  static native int poll(long descriptors, long count, int timeoutMillis);

  static native int waitid(int kind, int id, long information, int options);

  static native long mmap(
      long address, long length, int protection, int flags, int fd, long offset);

  static native int munmap(long address, long length);

  static native long syscall(long number, int fd, long bytes, long length);

  static native long syscall(long number, int first, int second, long third, int fourth);
}
