// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal;

import io.tcptable.internal.binding.BindingName;
import io.tcptable.internal.platform.SystemAccess;
import java.lang.System.Logger.Level;
import java.util.stream.Collectors;

/** What the log says once where plain Java is all that is left, though nobody has asked for it. */
final class PlainJavaNotice {

  private PlainJavaNotice() {}

  static void log(SystemAccess access) {
    if (access.binding().equals(BindingName.JAVA.toString())) {
      String why =
          access.betterBindings().entrySet().stream()
              .map(better -> better.getKey() + ": " + better.getValue())
              .collect(Collectors.joining("; "));
      System.getLogger("io.tcptable")
          .log(
              Level.WARNING,
              "tcptable makes no system calls, is slower and tells less of a socket (" + why + ")");
    }
  }
}
