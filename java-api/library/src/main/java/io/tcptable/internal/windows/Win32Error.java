// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.SourceException.Kind;

/** The error numbers that matter here, from {@code winerror.h}, and what to do on each. */
final class Win32Error {

  static final int FILE_NOT_FOUND = 2;
  static final int ACCESS_DENIED = 5;
  static final int INVALID_HANDLE = 6;
  static final int NOT_ENOUGH_MEMORY = 8;
  static final int OUTOFMEMORY = 14;
  static final int NOT_SUPPORTED = 50;
  static final int INVALID_PARAMETER = 87;
  static final int INSUFFICIENT_BUFFER = 122;
  static final int PROC_NOT_FOUND = 127;
  static final int MR_MID_NOT_FOUND = 317;
  static final int NOT_FOUND = 1168;
  static final int NO_SYSTEM_RESOURCES = 1450;

  /** Windows gives it, or {@link #MR_MID_NOT_FOUND}, to who may not drop a connection. */
  static final int NETWORK_ACCESS_DENIED = 65;

  /** From {@code ntstatus.h}. */
  static final int STATUS_NOT_IMPLEMENTED = 0xc0000002;

  static final int STATUS_INVALID_INFO_CLASS = 0xc0000003;
  static final int STATUS_NO_MEMORY = 0xc0000017;
  static final int STATUS_ACCESS_DENIED = 0xc0000022;
  static final int STATUS_INSUFFICIENT_RESOURCES = 0xc000009a;

  private Win32Error() {}

  static String name(int error) {
    return switch (error) {
      case ACCESS_DENIED -> "ERROR_ACCESS_DENIED";
      case INVALID_HANDLE -> "ERROR_INVALID_HANDLE";
      case NOT_ENOUGH_MEMORY -> "ERROR_NOT_ENOUGH_MEMORY";
      case OUTOFMEMORY -> "ERROR_OUTOFMEMORY";
      case NOT_SUPPORTED -> "ERROR_NOT_SUPPORTED";
      case NETWORK_ACCESS_DENIED -> "ERROR_NETWORK_ACCESS_DENIED";
      case INVALID_PARAMETER -> "ERROR_INVALID_PARAMETER";
      case INSUFFICIENT_BUFFER -> "ERROR_INSUFFICIENT_BUFFER";
      case PROC_NOT_FOUND -> "ERROR_PROC_NOT_FOUND";
      case MR_MID_NOT_FOUND -> "ERROR_MR_MID_NOT_FOUND";
      case NO_SYSTEM_RESOURCES -> "ERROR_NO_SYSTEM_RESOURCES";
      default -> "Win32 error " + error;
    };
  }

  private static Kind kind(int error) {
    return switch (error) {
      case ACCESS_DENIED, NETWORK_ACCESS_DENIED, MR_MID_NOT_FOUND -> Kind.PERMISSION;
      case NOT_ENOUGH_MEMORY, OUTOFMEMORY, NO_SYSTEM_RESOURCES -> Kind.EXHAUSTED;
      case INSUFFICIENT_BUFFER -> Kind.INTERRUPTED;
      case NOT_SUPPORTED, PROC_NOT_FOUND -> Kind.UNSUPPORTED;
      default -> Kind.SYSTEM;
    };
  }

  private static String advice(Kind kind) {
    return switch (kind) {
      case PERMISSION -> "this user may not; try as administrator";
      case EXHAUSTED -> "the system is short of memory; try again";
      case INTERRUPTED -> "it grew faster than it could be read; try again";
      case UNSUPPORTED -> "this Windows does not offer it";
      default -> "unexpected here";
    };
  }

  /**
   * One clear line about a failed call.
   *
   * @param what what was being done, such as {@code "asking Windows for TCP sockets"}
   * @param result what the call returned: the negated error
   */
  static SourceException failure(String call, long result, String what) {
    int error = (int) -result;
    return failure(kind(error), call, name(error), what, advice(kind(error)));
  }

  /** The same with other advice. */
  static SourceException failure(String call, long result, String what, String advice) {
    int error = (int) -result;
    return failure(kind(error), call, name(error), what, advice);
  }

  /** The same of a call that returns an {@code NTSTATUS}. */
  static SourceException statusFailure(String call, int status, String what) {
    String error = "NTSTATUS 0x" + Integer.toHexString(status);
    Kind kind =
        switch (status) {
          case STATUS_ACCESS_DENIED -> Kind.PERMISSION;
          case STATUS_NO_MEMORY, STATUS_INSUFFICIENT_RESOURCES -> Kind.EXHAUSTED;
          case STATUS_NOT_IMPLEMENTED, STATUS_INVALID_INFO_CLASS -> Kind.UNSUPPORTED;
          default -> Kind.SYSTEM;
        };
    return failure(kind, call, error, what, advice(kind));
  }

  private static SourceException failure(
      Kind kind, String call, String error, String what, String advice) {
    return new SourceException(
        kind, call, error, what + ": " + call + " failed with " + error + ": " + advice);
  }
}
