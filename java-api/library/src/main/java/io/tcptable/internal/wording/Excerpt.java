// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.wording;

import java.util.ArrayList;
import java.util.List;

/**
 * The beginning of what may be too long to print: an argument may have 2 MB, a process 15,000 logs.
 * What is left out is always counted.
 *
 * @param shown what is printed
 * @param omitted how many are left out after it: texts of a list
 */
public record Excerpt(List<String> shown, int omitted) {

  /** For a line that a person reads. */
  public static final int LINE = 2_000;

  /** For one field of JSON. */
  public static final int FIELD = 64 * 1024;

  /** For the texts of a list. */
  public static final int LIST = 100;

  /** The text, or its first characters and how many more there are. */
  public static String of(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end)
        + ".. (+"
        + Quantities.count(text.length() - end, "character")
        + ")";
  }

  /**
   * The first texts of a list.
   *
   * @param most how many texts
   * @param mostCharacters how many characters they may have together
   */
  public static Excerpt of(List<String> texts, int most, int mostCharacters) {
    List<String> shown = new ArrayList<>();
    int left = mostCharacters;
    for (String text : texts) {
      if (shown.size() == most || left <= 0) {
        break;
      }
      shown.add(of(text, left));
      left -= text.length();
    }
    return new Excerpt(shown, texts.size() - shown.size());
  }

  /**
   * The words of a command in one line.
   *
   * @param more how many follow that were left out before
   */
  public static String line(List<String> words, int more) {
    Excerpt excerpt = of(words, Integer.MAX_VALUE, LINE);
    int omitted = excerpt.omitted() + more;
    return String.join(" ", excerpt.shown())
        + (omitted == 0 ? "" : " .. (+" + Quantities.count(omitted, "argument") + ")");
  }
}
