package io.tcptable.benchmarks;

import java.util.List;

/** One question about one farm, put to several. */
record Comparison(Size size, Question question, List<Competitor> competitors) {

  List<Trial> trials() {
    return competitors.stream().map(c -> Trial.of(c, question, size)).toList();
  }
}
