// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.Namespace;
import io.tcptable.binding.Providers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class WatchIT {

  @AutoClose private final Namespace namespace = Namespace.create();

  @Test
  void whatIsLostIsCountedToTheLastOne() {
    assertThat(namespace.java(LossMain.class, List.of()).lines())
        .filteredOn(line -> !line.startsWith("WARNING: "))
        .containsExactly("all told or counted");
  }

  @Test
  void eachBindingTellsOfEachConnectionInOrder() {
    List<String> bindings = new ArrayList<>(Providers.names());
    bindings.add("java");
    assertThat(
            namespace
                .java(WatchMain.class, bindings)
                .lines()
                // Of Java, of a binding.
                .filter(line -> !line.startsWith("WARNING: ")))
        .containsExactlyElementsOf(
            bindings.stream()
                .map(it -> it + (it.equals("java") ? ": 0" : ": 3010") + " pushed, 10 lasting")
                .toList());
  }
}
