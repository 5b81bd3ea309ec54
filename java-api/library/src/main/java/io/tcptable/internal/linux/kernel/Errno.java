// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.kernel;

import io.tcptable.internal.platform.Restriction;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.SourceException.Kind;

/** The error numbers that matter here, from {@code asm-generic/errno.h}, and what to do on each. */
public final class Errno {

  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int ESRCH = 3;
  public static final int EINTR = 4;
  public static final int ECHILD = 10;
  public static final int EAGAIN = 11;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int EINVAL = 22;
  static final int ENFILE = 23;
  public static final int EMFILE = 24;
  public static final int EPIPE = 32;
  public static final int ENOSYS = 38;
  public static final int ENODATA = 61;

  /** The native library has no such call. No call of the kernel answers that. */
  public static final int ENOPKG = 65;

  static final int EPROTONOSUPPORT = 93;
  public static final int EOPNOTSUPP = 95;
  static final int EAFNOSUPPORT = 97;
  public static final int ENETUNREACH = 101;
  public static final int ECONNRESET = 104;
  public static final int ENOBUFS = 105;
  public static final int ETIMEDOUT = 110;
  public static final int ECONNREFUSED = 111;
  public static final int EHOSTUNREACH = 113;

  private Errno() {}

  /** From 1 on; of what has no number of its own, a dash. */
  private static final String[] NAMES =
      """
      EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES EFAULT
      ENOTBLK EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG
      ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE EDEADLK ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY
      ELOOP - ENOMSG EIDRM ECHRNG EL2NSYNC EL3HLT EL3RST ELNRNG EUNATCH ENOCSI EL2HLT EBADE
      EBADR EXFULL ENOANO EBADRQC EBADSLT - EBFONT ENOSTR ENODATA ETIME ENOSR ENONET ENOPKG
      EREMOTE ENOLINK EADV ESRMNT ECOMM EPROTO EMULTIHOP EDOTDOT EBADMSG EOVERFLOW ENOTUNIQ
      EBADFD EREMCHG ELIBACC ELIBBAD ELIBSCN ELIBMAX ELIBEXEC EILSEQ ERESTART ESTRPIPE EUSERS
      ENOTSOCK EDESTADDRREQ EMSGSIZE EPROTOTYPE ENOPROTOOPT EPROTONOSUPPORT ESOCKTNOSUPPORT
      EOPNOTSUPP EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE EADDRNOTAVAIL ENETDOWN ENETUNREACH
      ENETRESET ECONNABORTED ECONNRESET ENOBUFS EISCONN ENOTCONN ESHUTDOWN ETOOMANYREFS
      ETIMEDOUT ECONNREFUSED EHOSTDOWN EHOSTUNREACH EALREADY EINPROGRESS ESTALE EUCLEAN ENOTNAM
      ENAVAIL EISNAM EREMOTEIO EDQUOT ENOMEDIUM EMEDIUMTYPE ECANCELED ENOKEY EKEYEXPIRED
      EKEYREVOKED EKEYREJECTED EOWNERDEAD ENOTRECOVERABLE ERFKILL EHWPOISON
      """
          .split("\\s+");

  /** Its name in C; {@code errno 524} for one that is the kernel's own. */
  public static String name(int errno) {
    return errno >= 1 && errno <= NAMES.length && !NAMES[errno - 1].equals("-")
        ? NAMES[errno - 1]
        : "errno " + errno;
  }

  /** What kind of failure an error is. */
  public static Kind kind(int errno) {
    return switch (errno) {
      case EPERM, EACCES -> Kind.PERMISSION;
      case EINTR -> Kind.INTERRUPTED;
      case EMFILE, ENFILE, ENOMEM, ENOBUFS -> Kind.EXHAUSTED;
      case ENOENT, ENOSYS, EOPNOTSUPP, EPROTONOSUPPORT, EAFNOSUPPORT -> Kind.UNSUPPORTED;
      default -> Kind.SYSTEM;
    };
  }

  /** What it means for this process, and what to do. */
  public static String advice(int errno) {
    return switch (errno) {
      case EPERM, EACCES -> refused(OwnRights.current());
      case EINTR -> "interrupted again and again; try again";
      case EMFILE -> "this process is out of descriptors; raise its limit (ulimit -n)";
      case ENFILE -> "the system is out of descriptors (fs.file-max)";
      case ENOMEM, ENOBUFS -> "the kernel is short of memory; try again";
      case ENOENT, EOPNOTSUPP, EPROTONOSUPPORT, EAFNOSUPPORT ->
          "this kernel or sandbox does not offer it";
      default -> "unexpected here";
    };
  }

  static String refused(OwnRights own) {
    return own.restriction().map(Restriction::reason).orElse("this user may not; try as root");
  }

  /**
   * One clear line about a failed call.
   *
   * @param what what was being done, such as {@code "asking the kernel for TCP sockets"}
   * @param result what the call returned: {@code -errno}
   */
  public static SourceException failure(String call, int result, String what) {
    return failure(kind(-result), call, result, what, advice(-result));
  }

  /** The same, where the error means something of its own. */
  public static SourceException failure(
      Kind kind, String call, int result, String what, String advice) {
    String error = name(-result);
    return new SourceException(
        kind, call, error, what + ": " + call + " failed with " + error + ": " + advice);
  }
}
