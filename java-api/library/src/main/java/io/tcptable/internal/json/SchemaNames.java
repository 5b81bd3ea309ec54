// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.json;

import java.net.StandardProtocolFamily;

/** What JSON and CSV call things that have another name elsewhere: part of their schema. */
public final class SchemaNames {

  private SchemaNames() {}

  /** {@code ipv4} or {@code ipv6}. */
  public static String family(StandardProtocolFamily family) {
    return family == StandardProtocolFamily.INET6 ? "ipv6" : "ipv4";
  }
}
