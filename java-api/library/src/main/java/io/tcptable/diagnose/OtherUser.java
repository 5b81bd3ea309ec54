// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Advice;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.platform.Phrase;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The owner runs as another user, whom this user has no power over. */
final class OtherUser extends FindingRule {

  OtherUser() {
    super(FindingCode.OTHER_USER, "");
  }

  @Override
  List<Finding> findings(Observations observed) {
    Optional<String> me = observed.processes().self().user();
    Set<Long> others = new TreeSet<>();
    Set<String> users = new TreeSet<>();
    for (ProcessEvidence owner : observed.owners()) {
      if (me.isPresent() && owner.user().isPresent() && !owner.user().equals(me)) {
        others.add(owner.pid());
        users.add(owner.user().get());
      }
    }
    if (others.isEmpty() || observed.processes().isSuperuser()) {
      return List.of();
    }
    String names = String.join(", ", users);
    return List.of(
        found(Severity.INFO, Confidence.CERTAIN)
            .of(others)
            .seen(
                observed.named(others)
                    + " runs as "
                    + names
                    + ", this process as "
                    + me.orElseThrow())
            .text("user", names)
            .text("me", me.orElseThrow())
            .means(observed.phrase(Phrase.OTHER_USERS_PROCESS))
            .advise(SuggestedCommands.diagnose(observed, Advice.Diagnose.How.AS_SUPERUSER))
            .done());
  }
}
