// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import io.tcptable.Binding;
import io.tcptable.TableSources;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs in a JVM of its own and says which binding that JVM gets: {@code binding=jni}, {@code
 * over.ffm=why not}, {@code owners=proc}, {@code source.over.bpf=why not}, {@code loaded=file}, or
 * {@code error=message}. Uses what the module exports and nothing more.
 */
final class BindingProbe {

  private BindingProbe() {}

  public static void main(String[] arguments) throws IOException {
    try {
      Binding binding = TcpTable.binding();
      System.out.println("binding=" + binding.name());
      print("over.", binding.passedOver());
      TableSources sources = TcpTable.sources();
      System.out.println("owners=" + sources.owners());
      print("source.over.", sources.passedOver());
      System.out.println("sockets=" + TcpTable.snapshot().size());
      printLoaded();
    } catch (TcpTableException e) {
      System.out.println("error=" + e.getMessage());
      printAgain(e);
    }
  }

  private static void print(String prefix, Map<String, String> passedOver) {
    passedOver.forEach((name, why) -> System.out.println(prefix + name + "=" + why));
  }

  private static void printLoaded() throws IOException {
    try (Stream<String> mapped = Files.lines(Path.of("/proc/self/maps"))) {
      mapped
          .filter(line -> line.contains("libtcptable") && line.contains("r-xp"))
          .forEach(line -> System.out.println("loaded=" + line.substring(line.indexOf('/'))));
    }
  }

  /** Whoever asks a second time must not get another answer. */
  private static void printAgain(TcpTableException first) {
    try {
      System.out.println("binding=" + TcpTable.binding().name());
    } catch (TcpTableException e) {
      if (!String.valueOf(e.getMessage()).equals(first.getMessage())) {
        System.out.println("again=" + e.getMessage());
      }
    }
  }
}
