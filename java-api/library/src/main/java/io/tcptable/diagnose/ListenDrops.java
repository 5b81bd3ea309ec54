// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.internal.wording.Quantities;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** The kernel dropped connection requests between the samples. */
final class ListenDrops extends FindingRule {

  ListenDrops() {
    super(FindingCode.LISTEN_DROPS, "the kernel turns clients away");
  }

  @Override
  List<Finding> findings(Observations observed) {
    OptionalLong overflows =
        Growth.of(
            observed.countersBefore().listenOverflows(), observed.counters().listenOverflows());
    OptionalLong drops =
        Growth.of(observed.countersBefore().listenDrops(), observed.counters().listenDrops());
    if (drops.orElse(0) <= 0 && overflows.orElse(0) <= 0) {
      return List.of();
    }
    boolean ours = AcceptQueue.isAnyFull(observed);
    return List.of(
        found(
                ours ? Severity.WARNING : Severity.INFO,
                ours ? Confidence.LIKELY : Confidence.POSSIBLE)
            .of(ours ? observed.ownersOf(observed.listeners()) : Set.of())
            .seen(
                "the kernel dropped "
                    + Quantities.count(drops.orElse(0), "connection request")
                    + " within "
                    + DurationText.of(observed.apart()))
            .figure("listenDrops", drops)
            .figure("listenOverflows", overflows)
            .figure("watched", observed.apart())
            .means(
                ours
                    ? "Clients are turned away because the accept queue is full."
                    : "The counter covers all ports. The accept queue of this port was not full.")
            .done());
  }
}
