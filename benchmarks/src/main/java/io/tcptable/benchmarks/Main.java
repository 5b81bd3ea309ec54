// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Measures, and writes what it measured: {@code DIRECTORY README}, {@code --quick DIRECTORY},
 * {@code --trial DIRECTORY} or {@code jmh OPTIONS}.
 */
public final class Main {

  private Main() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length > 0 && args[0].equals("jmh")) {
      org.openjdk.jmh.Main.main(Arrays.copyOfRange(args, 1, args.length));
    } else if (args.length == 2 && args[0].equals("--quick")) {
      new Run(Plan.quick()).run().writeTo(Path.of(args[1]));
    } else if (args.length == 2 && args[0].equals("--trial")) {
      new Run(Plan.trial()).run().writeTo(Path.of(args[1]));
    } else if (args.length == 2) {
      ReportWriter report = new Run(Plan.thorough()).run();
      report.writeTo(Path.of(args[0]));
      report.writeSummaryTo(Path.of(args[1]));
    } else {
      System.err.println(
          "usage: DIRECTORY README | --quick DIRECTORY | --trial DIRECTORY | jmh OPTIONS");
      System.exit(2);
    }
  }
}
