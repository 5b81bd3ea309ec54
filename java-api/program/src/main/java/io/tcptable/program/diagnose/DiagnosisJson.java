// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.diagnose;

import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.program.command.AdviceText;
import io.tcptable.program.json.JsonOutput;
import java.io.IOException;
import java.io.PrintStream;

/** The answer of {@code diagnose --json}. */
final class DiagnosisJson {

  private DiagnosisJson() {}

  static void print(PortDiagnosis diagnosis, PrintStream out) throws IOException {
    JsonOutput.print(
        out, to -> diagnosis.writeJson(to, advice -> AdviceText.of(advice).toAdvice()));
  }
}
