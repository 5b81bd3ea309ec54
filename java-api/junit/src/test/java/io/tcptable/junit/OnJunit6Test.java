// SPDX-License-Identifier: Apache-2.0
package io.tcptable.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.File;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The same tests on JUnit 6, in a JVM that has its jars in place of those of 5. */
class OnJunit6Test {

  @Test
  void theTestsSucceedOnSixToo() throws Exception {
    String jars;
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("junit-6.jars")))) {
      jars = files.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
    String others =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(it -> !it.matches(".*/junit-(jupiter|platform)-[^/]*jar"))
            .collect(Collectors.joining(File.pathSeparator));
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                jars + File.pathSeparator + others,
                OnJunit6Test.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(run.waitFor()).as(said).isZero();
    assertThat(said).contains("junit-jupiter 6.").contains("7 tests successful");
  }

  /** Runs the tests and tells how they went. */
  public static void main(String[] arguments) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(ExtensionTest.class))
                .build(),
            listener);
    System.out.println("junit-jupiter " + Test.class.getPackage().getImplementationVersion());
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    listener.getSummary().printTo(out);
    listener.getSummary().printFailuresTo(out);
    System.exit((int) listener.getSummary().getTotalFailureCount());
  }
}
