// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.Namespace;
import io.tcptable.agreement.NeedsRoot;
import io.tcptable.binding.Providers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@NeedsRoot
class WatchIT {

  @AutoClose private final Namespace namespace = Namespace.create();

  @Test
  void whatIsLostIsCountedToTheLastOne() {
    assertThat(namespace.java(LossMain.class, List.of()).lines())
        .filteredOn(line -> !line.startsWith("WARNING: "))
        .containsExactly("all told or counted");
  }

  @Test
  void eachBindingTellsOfEachEndInOrder() {
    tellsOfEachConnection(Pushes.ENDS, List.of("java " + Pushes.NONE));
  }

  @Test
  void eachBindingTellsOfEachStateInOrder() {
    tellsOfEachConnection(Pushes.STATES, List.of());
  }

  private void tellsOfEachConnection(Pushes pushes, List<String> others) {
    List<String> all =
        Stream.concat(Providers.names().stream().map(it -> it + " " + pushes), others.stream())
            .toList();
    assertThat(
            namespace
                .java(WatchMain.class, all)
                .lines()
                // Of Java, of a binding.
                .filter(line -> !line.startsWith("WARNING: ")))
        .containsExactlyElementsOf(
            all.stream()
                .map(it -> it + (it.startsWith("java") ? ": by looks" : ": 3010 closed"))
                .toList());
  }
}
