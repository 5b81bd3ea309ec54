// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.diagnose;

import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.internal.json.JsonDocument;
import io.tcptable.program.command.AdviceText;
import io.tcptable.program.json.JsonOutput;
import java.io.IOException;
import java.io.PrintStream;

/** The answer of {@code diagnose --json}. */
public final class DiagnosisJson {

  private DiagnosisJson() {}

  /** The same as a text. */
  public static String text(PortDiagnosis diagnosis) {
    return JsonDocument.text(to -> write(diagnosis, to));
  }

  static void print(PortDiagnosis diagnosis, PrintStream out) throws IOException {
    JsonOutput.print(out, to -> write(diagnosis, to));
  }

  private static void write(PortDiagnosis diagnosis, Appendable to) throws IOException {
    diagnosis.writeJson(to, advice -> AdviceText.of(advice).toAdvice());
  }
}
