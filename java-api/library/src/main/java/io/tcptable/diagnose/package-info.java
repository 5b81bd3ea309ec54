// SPDX-License-Identifier: Apache-2.0
/**
 * Why does this port not answer? {@link io.tcptable.diagnose.PortDiagnosis} is the answer.
 *
 * <p>{@code DiagnosisRun} takes two {@code Sample}s, one second apart, while {@code
 * BackgroundProbe} makes the health check. {@code ObservationsReader} reads what else is known of
 * the port, and {@code UpstreamLook} looks at a server one hop away; all of it is in {@code
 * Observations}. The rules in {@code FindingRules} read these and give {@link
 * io.tcptable.diagnose.Finding}s; {@code VerdictRule} and {@code Headline} conclude. A rule is one
 * class named after its {@link io.tcptable.diagnose.FindingCode}, one line in {@code FindingRules},
 * one test and one page in {@code docs/findings}. What several rules need has a class of its own,
 * such as {@code AcceptQueue}. What rules advise comes from {@code SuggestedCommands}; what no
 * terminal shows as it is never is a command, see {@code PrintableText}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.tcptable.diagnose;

import org.jspecify.annotations.NullMarked;
