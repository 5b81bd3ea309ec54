// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

import io.tcptable.internal.platform.SourceException;
import java.util.Map;

/** Where an operating system tells which processes hold a socket. Safe for use by many threads. */
public interface OwnerSource {

  /** The word for it in {@code --version} and in JSON. */
  String name();

  /**
   * Reports every process that holds one of the wanted sockets; if the search is about one process
   * alone, that one, and looks into no other.
   *
   * @throws SourceException if the processes could not be listed, or the system ran short while
   *     looking; a process that may not be looked into is counted instead
   */
  void find(OwnerSearch search);

  /**
   * The source for the next look: itself, unless it chooses among several.
   *
   * @param search whether there is anything to look for
   */
  default OwnerSource next(boolean search) {
    return this;
  }

  /** Whether it can look into the first of all processes; if not, it does not see all. */
  default boolean seesFirstProcess() {
    return true;
  }

  /** The source to look into one process with; the one that needs no look at others. */
  default OwnerSource ofOneProcess() {
    return this;
  }

  /** The best source there is, also if it must be loaded first; usually this one. */
  default OwnerSource best() {
    return this;
  }

  /** Why each better source is not in use, by its name, as far as it was tried. */
  default Map<String, String> passedOver() {
    return Map.of();
  }
}
