// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks what looks like a password, a token or the credentials of a URL. It goes by names and
 * shapes: it can miss a secret, and it can mask what is none. Not thread-safe: it remembers whether
 * it has masked anything.
 */
public final class Secrets {

  private static final String MASK = "***";

  /** A name whose value is a secret, as a part of a longer name. Bounded, as others choose it. */
  private static final String NAME =
      "[\\w.-]{0,80}(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|api[_-]?key|access[_-]?key"
          + "|private[_-]?key|auth[_-]?key|credentials?|authorization|cookie|session[_-]?id|bearer)"
          + "s?(?![a-z])[\\w.-]{0,80}";

  /** A value; in quotes as a shell writes them, where the last one may have been cut off. */
  private static final String VALUE =
      "(?:'[^']*+(?:'(?:(?:\\\\')?'[^']*+'){0,20}|$)|\"[^\"]*+(?:\"|$)|[^\\s'\"&;,]++)";

  private static final Pattern URL =
      Pattern.compile("(?<=\\b[a-zA-Z][a-zA-Z0-9+.-]{0,30}://)[^\\s/?#'\"]*(?=@)");

  /** Also as {@code "name": "value"} of JSON. */
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?i)((?<![\\w.-])" + NAME + "[\"']?\\s*[=:]\\s*(?:(?:basic|bearer)\\s+)?)" + VALUE);

  private static final Pattern OPTION =
      Pattern.compile("(?i)((?<![\\w.-])--?" + NAME + "\\s+)(?!-)" + VALUE);

  private static final Pattern BEARER =
      Pattern.compile("(?i)(\\b(?:bearer|basic)\\s+)[a-z0-9+/=._~-]{8,}");

  /** Tokens that say what they are: GitHub, GitLab, Slack, AWS, OpenAI and others, JWT. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\b(?:gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|sk-|npm_|hf_)[\\w-]{16,}"
              + "|\\bAKIA[0-9A-Z]{16}\\b"
              + "|\\beyJ[\\w-]{8,2000}+\\.[\\w-]{1,4000}+\\.[\\w-]*+");

  private static final Pattern WHOLE_OPTION = Pattern.compile("(?i)--?" + NAME);

  /** {@code curl -u} and others. */
  private static final Pattern USER = Pattern.compile("-u|--user|--proxy-user");

  private final boolean shown;
  private boolean masked;

  private Secrets(boolean shown) {
    this.shown = shown;
  }

  /**
   * Starts with nothing masked yet.
   *
   * @param shown whether all is kept as it is
   */
  public static Secrets of(boolean shown) {
    return new Secrets(shown);
  }

  /** Whether anything was masked until now. */
  public boolean hasMasked() {
    return masked;
  }

  /** A text with {@code ***} in place of what looks like a secret; of a very long one the start. */
  public String in(String text) {
    if (shown) {
      return text;
    }
    String safe = replace(URL, Excerpt.of(text, Excerpt.FIELD), MASK);
    safe = replace(ASSIGNED, safe, "$1" + MASK);
    safe = replace(OPTION, safe, "$1" + MASK);
    safe = replace(BEARER, safe, "$1" + MASK);
    return replace(TOKEN, safe, MASK);
  }

  /** The words of a command, the same way; a secret that is a word of its own may hold spaces. */
  public List<String> in(List<String> words) {
    if (shown) {
      return words;
    }
    List<String> safe = new ArrayList<>(words.size());
    String before = "";
    for (String word : words) {
      safe.add(in(before, word));
      before = word;
    }
    return safe;
  }

  private String in(String before, String word) {
    if (WHOLE_OPTION.matcher(before).matches() && !word.startsWith("-")) {
      masked = true;
      return MASK;
    }
    if (USER.matcher(before).matches() && word.indexOf(':') > 0) {
      masked = true;
      return word.substring(0, word.indexOf(':') + 1) + MASK;
    }
    Matcher named = Pattern.compile("(?is)(" + NAME + "=).+").matcher(word);
    if (named.matches()) {
      masked = true;
      return named.group(1) + MASK;
    }
    return in(word);
  }

  private String replace(Pattern secret, String text, String by) {
    Matcher found = secret.matcher(text);
    if (!found.find()) {
      return text;
    }
    masked = true;
    return found.replaceAll(by);
  }
}
