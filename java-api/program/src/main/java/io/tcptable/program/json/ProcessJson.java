// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.json;

import io.tcptable.OsProcess;
import io.tcptable.internal.json.Fields;
import java.io.IOException;

/** A process as a JSON object. */
public final class ProcessJson {

  private ProcessJson() {}

  /** PID, start and name. */
  public static void writeIdentity(Fields fields, OsProcess process) throws IOException {
    fields.process(process.pid(), process.startedAt(), process.name());
  }
}
