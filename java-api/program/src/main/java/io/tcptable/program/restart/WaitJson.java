// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.restart;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tcptable.program.json.JsonOutput;
import io.tcptable.restart.PortWait;
import java.io.IOException;
import java.io.PrintStream;

/** The answer of {@code wait --json}. */
final class WaitJson {

  static final String SCHEMA = "tcptable.wait/1";

  private WaitJson() {}

  /**
   * Prints it.
   *
   * @param wanted {@code listening}, {@code free} or {@code healthy}
   */
  static void print(int port, String wanted, PortWait.Result result, PrintStream out)
      throws IOException {
    try (JsonGenerator json = JsonOutput.to(out)) {
      json.writeStartObject();
      json.writeStringField("schema", SCHEMA);
      json.writeNumberField("port", port);
      json.writeStringField("wanted", wanted);
      json.writeBooleanField("met", result.isMet());
      json.writeNumberField("millis", result.duration().toMillis());
      json.writeStringField("detail", result.detail());
      json.writeEndObject();
    }
    out.println();
  }
}
