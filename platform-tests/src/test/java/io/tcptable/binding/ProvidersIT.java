// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpTable;
import io.tcptable.internal.binding.BindingException;
import io.tcptable.internal.binding.BindingName;
import io.tcptable.internal.binding.LinuxCalls;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which providers load here, from the packaged jars. */
class ProvidersIT {

  @Test
  void exactlyTheExpectedOnesLoad() {
    List<String> loading = new ArrayList<>();
    for (String name : BindingName.providers(LinuxCalls.class).keySet()) {
      try {
        Providers.calls(name);
        loading.add(name);
      } catch (BindingException e) {
        System.out.println(name + ": " + e.getMessage());
      }
    }
    assertThat(loading).isEqualTo(Providers.names());
  }

  @Test
  void theBestOneIsChosen() {
    assertThat(TcpTable.binding().name()).isEqualTo(Providers.names().get(0));
  }
}
