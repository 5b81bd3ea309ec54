package io.tcptable.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Measures, and writes what it measured: {@code [--quick] DIRECTORY}, or {@code jmh OPTIONS}. */
public final class Main {

  private Main() {}

  public static void main(String[] args) throws IOException {
    if (args.length > 0 && args[0].equals("jmh")) {
      org.openjdk.jmh.Main.main(Arrays.copyOfRange(args, 1, args.length));
    } else if (args.length == 1) {
      measure(Plan.thorough(), Path.of(args[0]));
    } else if (args.length == 2 && args[0].equals("--quick")) {
      measure(Plan.quick(), Path.of(args[1]));
    } else {
      System.err.println("usage: [--quick] DIRECTORY | jmh OPTIONS");
      System.exit(2);
    }
  }

  private static void measure(Plan plan, Path directory) throws IOException {
    Machine machine = Machine.here();
    Results results = new Results();
    List<Integer> sizes = plan.trials().stream().map(Trial::sockets).distinct().toList();
    for (int sockets : sizes) {
      List<Trial> trials = plan.trials().stream().filter(t -> t.sockets() == sockets).toList();
      try (SocketFarm farm = SocketFarm.start(sockets, SocketFarm.processesFor(sockets))) {
        for (int round = 1; round <= plan.pace().rounds(); round++) {
          for (Trial trial : trials) {
            double millis = results.add(trial, trial.run(farm, plan.pace()));
            System.err.printf(
                "round %d of %d: %s: %.3f ms%n", round, plan.pace().rounds(), trial, millis);
          }
        }
      }
    }
    Files.createDirectories(directory.resolve("results"));
    results.writeTo(directory.resolve("results/jmh.json"));
    machine.writeTo(directory.resolve("results/machine.json"));
    String report = new Report(results, machine, plan).text();
    Markdown.replaceIn(directory.resolve("RESULTS.md"), report);
    System.out.println(report);
  }
}
