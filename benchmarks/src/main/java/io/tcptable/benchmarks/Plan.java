package io.tcptable.benchmarks;

import io.tcptable.internal.binding.BindingException;
import io.tcptable.internal.binding.Choice;
import io.tcptable.internal.linux.LinuxSources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What to measure.
 *
 * @param trials those of one number of sockets stand together
 * @param absent who cannot be measured here, and why
 */
record Plan(Pace pace, List<Trial> trials, Map<String, String> absent) {

  static final int MOST_SOCKETS = 50_000;

  private static final List<Integer> FEWER_SOCKETS = List.of(1_000, 10_000);

  /** The best binding stands for tcptable where only one is measured. */
  static final Competitor TCPTABLE = Competitor.tcptable("ffm");

  /** All who answer, all questions, the most sockets; and the growth of the dearest question. */
  static Plan thorough() {
    List<Trial> trials = new ArrayList<>();
    for (int sockets : FEWER_SOCKETS) {
      Stream.of(TCPTABLE, Competitor.reference(2), Competitor.oshi(), Competitor.tool(Tool.SS))
          .forEach(c -> trials.add(new Trial(c, Question.ALL_OWNERS, sockets)));
    }
    Map<String, String> absent = new TreeMap<>();
    List<Competitor> bindings = bindings(absent);
    List<Tool> tools = tools(absent);
    for (Question question : Question.values()) {
      add(trials, question, bindings, tools);
    }
    return new Plan(Pace.THOROUGH, trials, absent);
  }

  /** The best binding against the best of the others. */
  static Plan quick() {
    List<Trial> trials = new ArrayList<>();
    for (Question question : Question.values()) {
      add(trials, question, List.of(TCPTABLE), List.of(Tool.SS));
    }
    return new Plan(Pace.QUICK, trials, Map.of());
  }

  private static void add(
      List<Trial> trials, Question question, List<Competitor> bindings, List<Tool> tools) {
    List<Competitor> competitors = new ArrayList<>(bindings);
    competitors.add(Competitor.reference(1));
    if (question.owners()) {
      competitors.add(Competitor.reference(2));
    }
    if (question == Question.ALL_OWNERS) {
      competitors.add(Competitor.oshi());
    }
    tools.stream()
        .filter(tool -> !tool.command(question, 0).isEmpty())
        .map(Competitor::tool)
        .forEach(competitors::add);
    competitors.forEach(c -> trials.add(new Trial(c, question, MOST_SOCKETS)));
  }

  private static List<Competitor> bindings(Map<String, String> absent) {
    List<Competitor> usable = new ArrayList<>();
    Stream.concat(LinuxSources.providers().keySet().stream(), Stream.of(Choice.JAVA))
        .forEach(
            binding -> {
              try {
                LinuxSources.open(binding);
                usable.add(Competitor.tcptable(binding));
              } catch (BindingException e) {
                absent.put(binding, e.getMessage());
              }
            });
    return usable;
  }

  private static List<Tool> tools(Map<String, String> absent) {
    List<Tool> installed = new ArrayList<>();
    for (Tool tool : Tool.values()) {
      if (tool.version().isPresent()) {
        installed.add(tool);
      } else {
        absent.put(tool.title(), "not installed");
      }
    }
    return installed;
  }
}
