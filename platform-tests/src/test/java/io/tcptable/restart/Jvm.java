// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How another JVM like this one is started. */
final class Jvm {

  private Jvm() {}

  static List<String> command(String classPath, String binding, Class<?> main, String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    // In a PID namespace it would warn among its answers that another JVM has its PID too.
    command.add("-XX:-UsePerfData");
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.add("-Dtcptable.binding=" + binding);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(List.of(words));
    return command;
  }

  static String classPath() {
    return System.getProperty("java.class.path", "");
  }
}
