// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Contrast as WCAG 2.2 computes it, of what the style sheet says. */
class StylesheetTest {

  private static final double TEXT = 4.5;
  private static final double PICTURE = 3;

  private static final Pattern VARIABLES = Pattern.compile(":root \\{([^}]*)\\}");
  private static final Pattern VARIABLE = Pattern.compile("(--[a-z-]+): (#[0-9a-f]{6});");
  private static final Pattern RULE = Pattern.compile("([^{}]+)\\{([^{}]*)\\}");
  private static final Pattern FOREGROUND = Pattern.compile("(?<!-)color: var\\((--[a-z-]+)\\)");
  private static final Pattern BACKGROUND = Pattern.compile("background: var\\((--[a-z-]+)\\)");
  private static final Pattern DRAWN = Pattern.compile("(?:fill|stroke): var\\((--[a-z-]+)\\)");

  private record Pair(String front, String back) {}

  /** Light, dark, printed. */
  private static List<Map<String, String>> themes() {
    List<Map<String, String>> themes = new ArrayList<>();
    Matcher block = VARIABLES.matcher(Stylesheet.TEXT);
    while (block.find()) {
      Map<String, String> colours = new HashMap<>();
      VARIABLE
          .matcher(block.group(1))
          .results()
          .forEach(it -> colours.put(it.group(1), it.group(2)));
      themes.add(colours);
    }
    assertThat(themes).hasSize(3);
    return themes;
  }

  @Test
  void everyThemeHasEveryColour() {
    assertThat(themes()).extracting(Map::keySet).containsOnly(themes().get(0).keySet());
    assertThat(themes().get(2)).isEqualTo(themes().get(0));
  }

  @Test
  void textCanBeRead() {
    List<Pair> pairs = new ArrayList<>();
    Matcher rule = RULE.matcher(Stylesheet.TEXT);
    while (rule.find()) {
      Matcher front = FOREGROUND.matcher(rule.group(2));
      if (front.find()) {
        Matcher back = BACKGROUND.matcher(rule.group(2));
        assertThat(back.find()).as("the background of %s", rule.group(1)).isTrue();
        pairs.add(new Pair(front.group(1), back.group(1)));
      }
    }
    assertThat(pairs).hasSizeGreaterThan(10);
    for (Map<String, String> theme : themes()) {
      assertThat(pairs)
          .allSatisfy(
              pair ->
                  assertThat(
                          contrast(
                              theme.getOrDefault(pair.front, ""),
                              theme.getOrDefault(pair.back, "")))
                      .as(
                          "%s on %s",
                          theme.getOrDefault(pair.front, ""), theme.getOrDefault(pair.back, ""))
                      .isGreaterThanOrEqualTo(TEXT));
    }
  }

  @Test
  void picturesCanBeSeen() {
    List<String> drawn =
        DRAWN.matcher(Stylesheet.TEXT).results().map(it -> it.group(1)).distinct().toList();
    assertThat(drawn).hasSizeGreaterThan(6);
    for (Map<String, String> theme : themes()) {
      assertThat(drawn)
          .allSatisfy(
              colour ->
                  assertThat(
                          contrast(
                              theme.getOrDefault(colour, ""), theme.getOrDefault("--page", "")))
                      .as(theme.getOrDefault(colour, ""))
                      .isGreaterThanOrEqualTo(PICTURE));
    }
  }

  @Test
  void theContrastIsThatOfTheStandard() {
    assertThat(contrast("#000000", "#ffffff")).isEqualTo(21);
    assertThat(contrast("#767676", "#ffffff")).isBetween(4.5, 4.6);
  }

  @Test
  void everyClassOfThePageHasAStyle() {
    String page =
        MadeUpRecording.page(
            MadeUpRecording.of(
                MadeUpRecording.HEADER,
                MadeUpRecording.diagnosis(0, "HEALTHY", "srv"),
                MadeUpRecording.sample(1, 4, 0),
                MadeUpRecording.listenerOpened(2, "srv"),
                MadeUpRecording.sample(3, 4, 5),
                MadeUpRecording.diagnosis(4, "DOWN", "srv")));
    List<String> classes =
        Pattern.compile(" class=\"([^\"]+)\"")
            .matcher(page)
            .results()
            .map((MatchResult it) -> it.group(1))
            .flatMap(names -> Pattern.compile(" ").splitAsStream(names))
            .distinct()
            .toList();
    assertThat(classes).hasSizeGreaterThan(15);
    assertThat(classes)
        .allSatisfy(name -> assertThat(Stylesheet.TEXT).containsPattern("\\." + name + "\\b"));
  }

  private static double contrast(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String colour) {
    return 0.2126 * linear(colour, 1) + 0.7152 * linear(colour, 3) + 0.0722 * linear(colour, 5);
  }

  private static double linear(String colour, int at) {
    double share = Integer.parseInt(colour.substring(at, at + 2), 16) / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
