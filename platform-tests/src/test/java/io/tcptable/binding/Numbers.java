// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

/** Constants of Linux, from {@code asm-generic/} and {@code sys/socket.h}. */
final class Numbers {

  static final int ENOENT = 2;
  static final int ESRCH = 3;
  static final int EINTR = 4;
  static final int EBADF = 9;
  static final int ECHILD = 10;
  static final int EAGAIN = 11;
  static final int ENOMEM = 12;
  static final int EACCES = 13;
  static final int ENOTDIR = 20;
  static final int ERANGE = 34;
  static final int ENODATA = 61;
  static final int EISDIR = 21;
  static final int EINVAL = 22;
  static final int EMFILE = 24;
  static final int EPIPE = 32;
  static final int ENAMETOOLONG = 36;
  static final int ENOTSOCK = 88;
  static final int ENOPROTOOPT = 92;
  static final int EPROTONOSUPPORT = 93;
  static final int EAFNOSUPPORT = 97;
  static final int ENOBUFS = 105;
  static final int ENOTCONN = 107;

  static final int AF_INET = 2;
  static final int AF_NETLINK = 16;
  static final int SOCK_STREAM = 1;
  static final int SOCK_RAW = 3;
  static final int NETLINK_SOCK_DIAG = 4;
  static final int SOL_SOCKET = 1;
  static final int SO_RCVBUF = 8;
  static final int MSG_TRUNC = 0x20;
  static final int MSG_DONTWAIT = 0x40;
  static final int MSG_NOSIGNAL = 0x4000;

  static final int PROT_READ = 1;
  static final int MAP_SHARED = 1;

  static final int AT_FDCWD = -100;
  static final int O_RDONLY = 0;
  static final int O_WRONLY = 1;

  static final int POLLIN = 1;
  static final int POLLNVAL = 0x20;

  static final int SIGKILL = 9;

  static final int P_PID = 1;
  static final int WNOHANG = 1;
  static final int WEXITED = 4;
  static final int WNOWAIT = 0x0100_0000;

  /** The place of {@code si_pid} in a {@code siginfo_t}. */
  static final int SI_PID = 16;

  /** No kind of ID that {@code waitid(2)} knows. */
  static final int NO_KIND = 99;

  /** No process ever has so many descriptors. */
  static final int NO_DESCRIPTOR = 0x7fff_fff0;

  /** Beyond the greatest PID that a kernel can be told to give away. */
  static final int NO_PROCESS = 0x7fff_fff0;

  private Numbers() {}
}
