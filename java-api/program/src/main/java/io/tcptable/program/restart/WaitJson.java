// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.restart;

import io.tcptable.ListenAddress;
import io.tcptable.program.command.PortArgument;
import io.tcptable.program.json.JsonOutput;
import io.tcptable.program.json.ProcessJson;
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
  static void print(PortArgument on, String wanted, PortWait.Result result, PrintStream out)
      throws IOException {
    JsonOutput.print(
        out,
        SCHEMA,
        result,
        (json, it) ->
            json.number("port", on.port())
                .text("address", on.address().map(ListenAddress::toString))
                .text("wanted", wanted)
                .flag("met", it.isMet())
                .number("millis", it.duration().toMillis())
                .text("detail", it.detail())
                .list("listening", it.listening(), ProcessJson::writeIdentity));
  }
}
