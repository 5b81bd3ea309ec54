// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import io.tcptable.internal.binding.BindingException;
import io.tcptable.internal.binding.BindingName;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.LinuxAccess;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What to measure.
 *
 * @param bindings that make native calls
 * @param absent who cannot be measured here, and why
 */
record Plan(
    RunLength length,
    List<Comparison> comparisons,
    List<String> bindings,
    Map<String, String> absent) {

  private static final List<Tool> WHOLE_PROCESSES =
      List.of(Tool.TCPTABLE, Tool.NO_CACHE, Tool.BASELINE, Tool.SS, Tool.LSOF, Tool.TRUE);

  /** All who answer, all questions. */
  static Plan thorough() {
    return new Draft(true).plan(RunLength.THOROUGH);
  }

  /** The best of ours against the best of the others. */
  static Plan quick() {
    return new Draft(false).plan(RunLength.QUICK);
  }

  /** All of it in haste, to see that it runs; the figures mean nothing. */
  static Plan trial() {
    return new Draft(true).plan(RunLength.TRIAL);
  }

  List<Size> sizes() {
    return comparisons.stream().map(Comparison::size).distinct().toList();
  }

  List<Comparison> of(Size size) {
    return comparisons.stream().filter(c -> c.size().equals(size)).toList();
  }

  /** The one of these. */
  Comparison comparison(Size size, Question question) {
    return of(size).stream().filter(c -> c.question() == question).findFirst().orElseThrow();
  }

  /** In one farm: the questions about it and, in the largest, what needs no farm. */
  List<Case> cases(Size size) {
    List<Case> cases = new ArrayList<>();
    of(size).forEach(comparison -> cases.addAll(comparison.cases()));
    if (size.equals(Size.LARGEST)) {
      cases.add(Case.ofDecoding(size));
      for (String caller : callers()) {
        Stream.of(Call.values()).forEach(call -> cases.add(Case.of(caller, call)));
      }
    }
    return cases;
  }

  /** Who makes single system calls. */
  List<String> callers() {
    List<String> callers = new ArrayList<>(bindings);
    callers.add(CallBenchmark.C);
    return callers;
  }

  /** A plan in the making. */
  private static final class Draft {

    private final boolean thorough;
    private final Map<String, String> absent = new TreeMap<>();
    private final List<String> bindings = new ArrayList<>();
    private final List<Competitor> tcptable = new ArrayList<>();
    private final Set<Tool> tools = EnumSet.noneOf(Tool.class);

    Draft(boolean thorough) {
      this.thorough = thorough;
      if (isUsable("ffm", "bpf", "owners by bpf")) {
        tcptable.add(Competitor.tcptable("ffm", "bpf"));
      }
      for (String binding : BindingName.providers(LinuxCalls.class).keySet()) {
        if (isUsable(binding, "proc", binding)) {
          bindings.add(binding);
          tcptable.add(Competitor.tcptable(binding, "proc"));
        }
      }
      tcptable.add(Competitor.tcptable(BindingName.JAVA.toString(), "proc"));
      for (Tool tool : Tool.values()) {
        if (tool.version().isPresent()) {
          tools.add(tool);
        } else {
          absent.put(tool.title(), "not installed");
        }
      }
    }

    private boolean isUsable(String binding, String owners, String title) {
      try {
        LinuxAccess.open(binding, owners);
        return true;
      } catch (BindingException e) {
        absent.put(title, String.valueOf(e.getMessage()));
        return false;
      }
    }

    Plan plan(RunLength length) {
      List<Comparison> comparisons = new ArrayList<>();
      for (Size size : Size.GROWING) {
        if (size.equals(Size.SMALLEST)) {
          comparisons.add(
              new Comparison(
                  size,
                  Question.PORT_OWNERS,
                  WHOLE_PROCESSES.stream().filter(tools::contains).map(Competitor::tool).toList()));
        }
        if (!size.equals(Size.LARGEST)) {
          comparisons.add(new Comparison(size, Question.ALL_OWNERS, growing()));
        }
      }
      for (Question question : Question.values()) {
        comparisons.add(new Comparison(Size.LARGEST, question, all(question)));
      }
      if (thorough) {
        comparisons.add(new Comparison(Size.MORE_PROCESSES, Question.ALL_OWNERS, growing()));
      }
      return new Plan(length, comparisons, List.copyOf(bindings), absent);
    }

    /** Whose growth is drawn. */
    private List<Competitor> growing() {
      List<Competitor> competitors = new ArrayList<>(ours().subList(0, withBpf() ? 2 : 1));
      if (withBpf()) {
        competitors.add(Competitor.baseline("bpf", Baseline.THREADS));
      }
      competitors.add(Competitor.baseline("proc", Baseline.THREADS));
      competitors.add(Competitor.oshi());
      competitors.addAll(peers(Question.ALL_OWNERS));
      return competitors;
    }

    private List<Competitor> all(Question question) {
      List<Competitor> competitors = new ArrayList<>(question.owners() ? ours() : byProc());
      if (question.owners() && withBpf()) {
        competitors.add(Competitor.baseline("bpf", Baseline.THREADS));
      }
      if (question != Question.PORT_LISTENERS) {
        competitors.add(Competitor.baseline("proc", Baseline.THREADS));
      }
      if (Baseline.THREADS > 1 || question == Question.PORT_LISTENERS) {
        competitors.add(Competitor.baseline("proc", 1));
      }
      if (question == Question.ALL_OWNERS) {
        competitors.add(Competitor.oshi());
      }
      competitors.addAll(peers(question));
      return competitors;
    }

    private boolean withBpf() {
      return "bpf".equals(tcptable.getFirst().parameters().get("owners"));
    }

    private List<Competitor> ours() {
      return thorough ? tcptable : tcptable.subList(0, withBpf() ? 2 : 1);
    }

    /** Without owners, their source makes no difference. */
    private List<Competitor> byProc() {
      return withBpf() ? ours().subList(1, ours().size()) : ours();
    }

    private List<Competitor> peers(Question question) {
      return Stream.of(Tool.TCPTABLE, Tool.SS, Tool.LSOF, Tool.NETSTAT, Tool.PSUTIL)
          .filter(tools::contains)
          .filter(tool -> !tool.command(question, 0).isEmpty())
          .map(Competitor::tool)
          .toList();
    }
  }
}
