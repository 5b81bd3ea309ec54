// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import java.io.Serial;

/** Bytes that no kernel should send. */
final class MalformedDumpException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  MalformedDumpException(String what) {
    super(what);
  }
}
