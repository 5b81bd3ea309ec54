// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Loads the library from the jars in the arguments by as many class loaders as the first argument
 * says, as an application server does with each application that brings it. Each takes the table of
 * one listener. Prints how many {@code loaders} there are, the {@code sizes} that were seen, and
 * how many descriptors were {@code kept} by each.
 */
final class ClassLoadersProbe {

  private ClassLoadersProbe() {}

  public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
    int count = Integer.parseInt(arguments[0]);
    List<URL> jars = new ArrayList<>();
    for (int i = 1; i < arguments.length; i++) {
      jars.add(new File(arguments[i]).toURI().toURL());
    }
    Set<Integer> sizes = new TreeSet<>();
    List<URLClassLoader> loaders = new ArrayList<>();
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int before = 0;
      for (int i = 0; i <= count; i++) {
        URLClassLoader loader =
            new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        loaders.add(loader);
        Class<?> type = Class.forName("io.tcptable.TcpTable", true, loader);
        Object table = type.getMethod("snapshot", int.class).invoke(null, listener.getLocalPort());
        sizes.add((Integer) type.getMethod("size").invoke(table));
        loader.close();
        // The first opens what the JVM itself needs.
        before = i == 0 ? open() : before;
      }
      // All are there until now.
      System.out.println("loaders=" + loaders.stream().distinct().count());
      System.out.println("sizes=" + sizes);
      System.out.println("kept=" + (open() - before) / count);
    }
  }

  private static int open() {
    return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
  }
}
