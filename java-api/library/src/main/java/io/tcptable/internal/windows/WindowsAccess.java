// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.BindingException;
import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.binding.WindowsCalls;
import io.tcptable.internal.platform.NamespaceSource;
import io.tcptable.internal.platform.PushSource;
import io.tcptable.internal.platform.SystemAccess;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Chooses how to read sockets and owners on Windows. */
public final class WindowsAccess {

  private WindowsAccess() {}

  /**
   * Chooses a binding; without one there is nothing that could be read.
   *
   * @param forced the only binding to use, or null
   */
  public static SystemAccess open(@Nullable String forced) {
    return of(BindingSelection.of(WindowsCalls.class, forced));
  }

  /**
   * The sources that a binding allows.
   *
   * @throws BindingException if it makes no native call
   */
  public static SystemAccess of(BindingSelection<WindowsCalls> binding) {
    WindowsCalls calls = binding.calls();
    if (calls == null) {
      throw new BindingException(
          "Windows tells its sockets by native calls only"
              + binding.passedOver().entrySet().stream()
                  .map(passed -> "; " + passed.getKey() + ": " + passed.getValue())
                  .collect(Collectors.joining()));
    }
    ProcessList processes = new ProcessList(calls);
    return new SystemAccess(
        binding.name(),
        binding.passedOver(),
        new ExtendedTcpTableSource(calls),
        NamespaceSource.NONE,
        PushSource.none("this operating system does not tell which sockets end"),
        PushSource.none("this operating system does not tell changes of states"),
        new PidOwnerSource(processes),
        new WindowsProcesses(calls, processes),
        new WindowsStackStats(),
        Map.of());
  }
}
