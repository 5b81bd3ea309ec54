// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.procfs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a file of {@code /proc} says. A name in it may hold any byte that the kernel does not
 * escape, {@code \r} too, and be cut in the middle of a letter: so a line ends at {@code \n} and
 * nowhere else, bytes that are no UTF-8 become U+FFFD, and what is no number is unknown.
 */
public record ProcText(String text) {

  /** Of a file that could not be read. */
  public static final ProcText UNKNOWN = new ProcText("");

  /** What stands for a number that is not known. */
  public static final long NO_NUMBER = -1;

  /** The text of these bytes. */
  public static ProcText of(byte[] bytes) {
    return new ProcText(new String(bytes, StandardCharsets.UTF_8));
  }

  /** Whether nothing is known: the file could not be read, or says nothing. */
  public boolean isUnknown() {
    return text.isEmpty();
  }

  /** The lines, without what ends them. */
  public List<String> lines() {
    String whole = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return whole.isEmpty() ? List.of() : Arrays.asList(whole.split("\n", -1));
  }

  /** The first line, without blanks around it. */
  public String line() {
    int end = text.indexOf('\n');
    return (end < 0 ? text : text.substring(0, end)).strip();
  }

  /** What follows a word at the beginning of a line, without blanks around it; the first such. */
  public Optional<String> after(String word) {
    return lines().stream()
        .filter(line -> line.startsWith(word))
        .map(line -> line.substring(word.length()).strip())
        .findFirst();
  }

  /** The number at the beginning of what follows a word; {@link #NO_NUMBER} if there is none. */
  public long numberAfter(String word) {
    return after(word).map(rest -> number(rest.split("\\s", 2)[0])).orElse(NO_NUMBER);
  }

  /**
   * All that follows a word, as numbers; {@link #NO_NUMBER} for what is none. None if the word is
   * missing.
   */
  public List<Long> numbersAfter(String word) {
    return after(word).stream()
        .flatMap(rest -> Arrays.stream(rest.split("\\s+", -1)))
        .map(ProcText::number)
        .toList();
  }

  /** The number that the first line consists of; {@link #NO_NUMBER} if it is none. */
  public long number() {
    return number(line());
  }

  /** The number that a word is, in decimal and not negative; {@link #NO_NUMBER} if it is none. */
  public static long number(String word) {
    return isUnsigned(word, 10) ? parse(word, 10) : NO_NUMBER;
  }

  /** The bits that a word of hexadecimal digits says; empty if it is none. */
  public static Optional<Long> bits(String word) {
    try {
      return isUnsigned(word, 16)
          ? Optional.of(Long.parseUnsignedLong(word, 16))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static long parse(String digits, int radix) {
    try {
      return Long.parseLong(digits, radix);
    } catch (NumberFormatException e) {
      // Beyond 63 bits.
      return NO_NUMBER;
    }
  }

  private static boolean isUnsigned(String word, int radix) {
    return !word.isEmpty()
        && word.chars().allMatch(letter -> letter < 128 && Character.digit(letter, radix) >= 0);
  }
}
