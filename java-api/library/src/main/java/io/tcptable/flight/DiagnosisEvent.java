// SPDX-License-Identifier: Apache-2.0
package io.tcptable.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** What is recorded of one diagnosis. */
@Name("io.tcptable.Diagnosis")
@Label("Diagnosis of a TCP Port")
@Category("TCP")
@Description("Why a port does not answer, or that it does")
@StackTrace(false)
final class DiagnosisEvent extends Event {

  @Label("Port")
  int port;

  @Label("Verdict")
  String verdict = "";

  @Label("Headline")
  String headline = "";

  @Label("Findings")
  @Description("Their codes, worst first")
  String findings = "";
}
