package io.tcptable.internal.linux;

import io.tcptable.internal.table.SourceException;

/** The error numbers that matter here, from {@code asm-generic/errno.h}, and what to do on each. */
final class Errno {

  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int ESRCH = 3;
  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int ENOMEM = 12;
  static final int EACCES = 13;
  static final int EINVAL = 22;
  static final int ENFILE = 23;
  static final int EMFILE = 24;
  static final int ENOSYS = 38;
  static final int EPROTONOSUPPORT = 93;
  static final int EOPNOTSUPP = 95;
  static final int EAFNOSUPPORT = 97;
  static final int ENOBUFS = 105;

  private Errno() {}

  static String name(int errno) {
    return switch (errno) {
      case EPERM -> "EPERM";
      case ENOENT -> "ENOENT";
      case ESRCH -> "ESRCH";
      case EINTR -> "EINTR";
      case EAGAIN -> "EAGAIN";
      case ENOMEM -> "ENOMEM";
      case EACCES -> "EACCES";
      case EINVAL -> "EINVAL";
      case ENFILE -> "ENFILE";
      case EMFILE -> "EMFILE";
      case ENOSYS -> "ENOSYS";
      case EPROTONOSUPPORT -> "EPROTONOSUPPORT";
      case EOPNOTSUPP -> "EOPNOTSUPP";
      case EAFNOSUPPORT -> "EAFNOSUPPORT";
      case ENOBUFS -> "ENOBUFS";
      default -> "errno " + errno;
    };
  }

  static String advice(int errno) {
    return switch (errno) {
      case EPERM, EACCES -> "this user may not; try as root";
      case EINTR -> "interrupted again and again; try again";
      case EMFILE -> "this process is out of descriptors; raise its limit (ulimit -n)";
      case ENFILE -> "the system is out of descriptors (fs.file-max)";
      case ENOMEM, ENOBUFS -> "the kernel is short of memory; try again";
      case ENOENT, EOPNOTSUPP, EPROTONOSUPPORT, EAFNOSUPPORT ->
          "this kernel or sandbox does not offer it";
      default -> "unexpected here";
    };
  }

  /**
   * One clear line about a failed call.
   *
   * @param what what was being done, such as {@code "asking the kernel for TCP sockets"}
   * @param result what the call returned: {@code -errno}
   */
  static SourceException failure(String call, int result, String what) {
    return failure(call, result, what, advice(-result));
  }

  /** The same with other advice. */
  static SourceException failure(String call, int result, String what, String advice) {
    String error = name(-result);
    return new SourceException(
        call, error, what + ": " + call + " failed with " + error + ": " + advice);
  }
}
