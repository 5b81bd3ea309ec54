// SPDX-License-Identifier: Apache-2.0
package io.tcptable.windows;

import io.tcptable.internal.platform.LaunchLine;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.platform.ProcessSource;
import io.tcptable.internal.platform.SystemAccess;
import io.tcptable.internal.windows.WindowsPlatform;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Windows, but that this JVM, which is none for Windows, starts programs by Wine. */
final class ThroughWine {

  private ThroughWine() {}

  static Platform platform() {
    WindowsPlatform windows = new WindowsPlatform();
    return (Platform)
        Proxy.newProxyInstance(
            ThroughWine.class.getClassLoader(),
            new Class<?>[] {Platform.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(windows, arguments);
                if (method.getName().equals("startable")) {
                  return words((List<?>) result);
                }
                return result instanceof LaunchLine line ? line(line) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** The same access, but that this JVM starts programs, and not the bridge. */
  static SystemAccess startedHere(SystemAccess access) {
    ProcessSource processes =
        (ProcessSource)
            Proxy.newProxyInstance(
                ThroughWine.class.getClassLoader(),
                new Class<?>[] {ProcessSource.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("start")) {
                    return ((ProcessBuilder) arguments[0]).start();
                  }
                  try {
                    return method.invoke(access.processes(), arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return new SystemAccess(
        access.binding(),
        access.betterBindings(),
        access.sockets(),
        access.namespaces(),
        access.ends(),
        access.stateChanges(),
        access.owners(),
        processes,
        access.system(),
        access.betterSources());
  }

  private static List<String> words(List<?> ofWindows) {
    List<String> words = new ArrayList<>(List.of("wine"));
    ofWindows.forEach(word -> words.add((String) word));
    return words;
  }

  private static LaunchLine line(LaunchLine line) {
    Map<String, String> variables = new TreeMap<>(line.environment());
    variables.keySet().removeIf(name -> name.startsWith("="));
    variables.putAll(variables());
    return new LaunchLine(words(line.words()), variables, line.directory());
  }

  /** What it takes to run programs by Wine, which does not hand all of it on to them. */
  static Map<String, String> variables() {
    Map<String, String> variables = new TreeMap<>(Wine.environment());
    variables.put("PATH", System.getenv("PATH"));
    variables.put("HOME", System.getProperty("user.home"));
    // Windows gets it in front of its PATH, where this JVM looks for a name without a slash.
    variables.put("WINEPATH", ":.:");
    return variables;
  }
}
