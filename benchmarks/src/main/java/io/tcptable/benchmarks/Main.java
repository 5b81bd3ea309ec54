package io.tcptable.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Measures, and writes what it measured: {@code [--quick] DIRECTORY [README]}, or {@code jmh
 * OPTIONS}.
 */
public final class Main {

  private Main() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length > 0 && args[0].equals("jmh")) {
      org.openjdk.jmh.Main.main(Arrays.copyOfRange(args, 1, args.length));
    } else if (args.length == 2 && args[0].equals("--quick")) {
      Path directory = Path.of(args[1]);
      new Campaign(Plan.quick()).run().writeTo(directory);
    } else if (args.length == 2) {
      Publication publication = new Campaign(Plan.thorough()).run();
      publication.writeTo(Path.of(args[0]));
      publication.writeEssenceTo(Path.of(args[1]));
    } else {
      System.err.println("usage: --quick DIRECTORY | DIRECTORY README | jmh OPTIONS");
      System.exit(2);
    }
  }
}
