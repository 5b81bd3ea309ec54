// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.table.OwnerSearch;
import io.tcptable.internal.table.OwnerSource;

/**
 * Owners by the PID that the table of sockets itself names. Who has it now is looked up at once; if
 * nobody has, or one who started after the socket was made, the socket lives on by a handle that
 * another process inherited, and its owner is not known. (So it is, too, if the clock was set back
 * between the start of the process and the making of the socket: better no owner than a wrong one.)
 */
final class PidOwnerSource implements OwnerSource {

  static final String NAME = "pid";

  private final ProcessList processes;

  PidOwnerSource(ProcessList processes) {
    this.processes = processes;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void find(OwnerSearch search) {
    if (search.isEmpty()) {
      return;
    }
    OwnerSearch.Share share = search.share();
    for (ListedProcess process : processes.read()) {
      int index = search.indexOf(process.pid());
      boolean isWanted = index >= 0 && search.concerns(process.pid());
      if (isWanted && search.mayHold(index, process.start())) {
        share.found(index);
        share.commit(process.identity());
      }
    }
  }
}
