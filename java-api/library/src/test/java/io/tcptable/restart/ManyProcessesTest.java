// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.ProcessSource;
import io.tcptable.internal.platform.SystemAccess;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import servers.Children;
import servers.FreePorts;

/** How often a plan asks for processes grows with their number, not with its square. */
class ManyProcessesTest {

  private static final int FEW = 10;
  private static final int MANY = 40;

  @RegisterExtension final Children children = new Children();

  private final Map<String, Integer> asked = new TreeMap<>();

  @AfterEach
  void restore() {
    Platforms.use(null, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--workers=", "--chain="})
  void eachIsLookedAtAsOftenAsAmongFew(String option) throws Exception {
    Map<String, Integer> few = askedFor(option, FEW);
    Map<String, Integer> many = askedFor(option, MANY);

    for (String question : many.keySet()) {
      assertThat(many.get(question))
          .as("%s: %s, %s", question, few, many)
          .isLessThanOrEqualTo(few.getOrDefault(question, 0) * MANY / FEW);
    }
    assertThat(many).as("lists of all processes").containsEntry("parents", few.get("parents"));
    // Each look may have to be made in another thread, which costs more than the look.
    assertThat(many).as("looks at processes").containsEntry("profiles", few.get("profiles"));
    for (String question : List.of("commandLine", "executable", "user", "status", "placement")) {
      assertThat(many.get(question))
          .as("%s: of this process only, however many others there are", question)
          .isEqualTo(few.get(question));
    }
  }

  private Map<String, Integer> askedFor(String option, int processes) throws Exception {
    int port = FreePorts.next();
    children.startServer(port, option + processes);
    Platforms.use(null, null);
    SystemAccess real = Platforms.access();
    asked.clear();
    Platforms.use(
        null,
        new SystemAccess(
            real.binding(),
            real.betterBindings(),
            real.sockets(),
            real.namespaces(),
            real.ends(),
            real.stateChanges(),
            real.owners(),
            counted(real.processes()),
            real.system(),
            real.betterSources()));

    RestartPlan plan = PortRestart.free(port).plan();

    Platforms.use(null, null);
    assertThat(plan.targets()).hasSize(processes + 1);
    return Map.copyOf(asked);
  }

  private ProcessSource counted(ProcessSource real) {
    return (ProcessSource)
        Proxy.newProxyInstance(
            ProcessSource.class.getClassLoader(),
            new Class<?>[] {ProcessSource.class},
            (proxy, method, arguments) -> {
              asked.merge(method.getName(), 1, Integer::sum);
              return method.invoke(real, arguments);
            });
  }
}
