// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding;

import java.nio.ByteBuffer;

/**
 * The system calls of Linux that tcptable makes.
 *
 * <p>Every buffer is direct, in native byte order and at position 0; the caller owns it and a call
 * may read or write it from index 0 up to its limit, never beyond, and keeps no reference. Paths
 * end in a zero byte. A result below zero is {@code -errno} of this very call. A provider neither
 * retries nor interprets: {@code -EINTR} comes back like any other error.
 *
 * <p>Safe for use by many threads at once, as long as they do not share buffers.
 */
public interface LinuxCalls {

  /** Creates a socket: {@code socket(2)}. */
  int socket(int domain, int type, int protocol);

  /** Sends all bytes of the message: {@code send(2)}. */
  int send(int fd, ByteBuffer message, int flags);

  /**
   * Receives one message and its sender: {@code recvfrom(2)}. The first four bytes of {@code
   * senderLength} hold the room for the sender's address before, its length after the call.
   */
  int recvfrom(int fd, ByteBuffer message, int flags, ByteBuffer sender, ByteBuffer senderLength);

  /** Sets an option of a socket: {@code setsockopt(2)}. */
  int setsockopt(int fd, int level, int option, ByteBuffer value);

  /** Opens a file relative to a directory: {@code openat(2)}. */
  int openat(int directory, ByteBuffer path, int flags);

  /** Reads directory entries: {@code getdents64(2)}. */
  int getdents64(int fd, ByteBuffer entries);

  /** Reads where a symbolic link points to: {@code readlinkat(2)}. */
  int readlinkat(int directory, ByteBuffer path, ByteBuffer target);

  /**
   * Reads an extended attribute of the file that a path leads to: {@code getxattr(2)}.
   *
   * @param name ends in a zero byte, as the path does
   * @return how many bytes it has
   */
  int getxattr(ByteBuffer path, ByteBuffer name, ByteBuffer value);

  /**
   * Reads many links at once, by {@link #readlinkat}: those that the entries of {@link #getdents64}
   * name, up to the first that cannot be read. The layout of what comes back is {@code struct
   * tcpt_socket_links} of {@code native/src/main/c/linux/socket_links.h}.
   *
   * <p>Most bindings read none: {@code readlinkat} is as quick, once the JVM has compiled the loop.
   *
   * @return where the first entry begins that is yet to be read; if that is 0, nothing has come
   *     back
   */
  default int socket_links(int directory, ByteBuffer entries, ByteBuffer links) {
    return 0;
  }

  /** Reads from a file: {@code read(2)}. */
  int read(int fd, ByteBuffer bytes);

  /** Closes a descriptor: {@code close(2)}. */
  int close(int fd);

  /**
   * Waits for events on descriptors: {@code poll(2)}. The buffer holds one {@code pollfd} of 8
   * bytes for each; below zero milliseconds it waits without end.
   */
  int poll(ByteBuffer descriptors, int timeoutMillis);

  /**
   * Opens a descriptor that refers to this process and never to a later one of the same PID: {@code
   * pidfd_open(2)}.
   */
  int pidfd_open(int pid, int flags);

  /** Sends a signal to the process a descriptor refers to: {@code pidfd_send_signal(2)}. */
  int pidfd_send_signal(int pidfd, int signal, int flags);

  /**
   * Waits for a child of this process: {@code waitid(2)}.
   *
   * @param kind of the ID, such as {@code P_PID}
   * @param information receives a {@code siginfo_t} of 128 bytes
   */
  int waitid(int kind, int id, ByteBuffer information, int options);

  /**
   * Moves the calling thread to another namespace: {@code setns(2)}. What the thread makes from
   * then on belongs there, so it must not be a thread that others use too.
   *
   * @param kind of the namespace, such as {@code CLONE_NEWNET}
   */
  int setns(int fd, int kind);

  /**
   * Maps a file into memory: {@code mmap(2)}, at an address of the kernel's choice.
   *
   * @return the address
   */
  long mmap(long length, int protection, int flags, int fd, long offset);

  /**
   * Ends a mapping: {@code munmap(2)}. No buffer of it may be used any more: the JVM would crash.
   */
  int munmap(long address, long length);

  /** The bytes at an address of {@link #mmap}, in native byte order. This is no system call. */
  ByteBuffer mapped(long address, int length);

  /**
   * Opens an eBPF iterator over the sockets that all processes hold (thread 0) or one thread, to be
   * read with {@link #read}: {@code bpf(2)}, command {@code BPF_ITER_CREATE}, of a program that our
   * own library loads into the kernel once, at the first call. The layout of what is read is in
   * {@code native/src/main/c/linux/bpf/socket_owners.h}.
   *
   * @throws BindingException if there is no library for this platform, or none could be loaded
   */
  int bpf_iter_create(int thread);

  /**
   * Has the kernel tell each change of the state of a TCP socket: {@code bpf(2)}, by a program that
   * our own library loads into the kernel for this call. The layout of the request, which receives
   * the descriptors, is {@code struct tcpt_state_changes} of {@code
   * native/src/main/c/linux/tcptable.h}.
   *
   * @throws BindingException if there is no library for this platform, or none could be loaded
   */
  int bpf_state_changes_open(ByteBuffer request);
}
