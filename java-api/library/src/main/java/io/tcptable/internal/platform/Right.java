// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

/** What the superuser may do with what belongs to other users, or to the system. */
public enum Right {
  SEE_PROCESSES,
  STOP_PROCESSES,
  DROP_CONNECTIONS,
  BIND_PORTS
}
