// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.foreign;

import io.tcptable.internal.wording.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
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
      // The working directory of a shell.
      "(?!(?:old)?pwd=/)[\\w.-]{0,80}"
          + "(?:pass(?:word|wd|phrase|code)?|pwd|secret|api[_-]?key|access[_-]?key|account[_-]?key"
          + "|private[_-]?key|auth[_-]?key|rediscli_auth|credentials?|authorization|cookie"
          + "|session[_-]?id|bearer"
          // How many a language model may write.
          + "|token(?!s[\"']?(?:\\s*[=:]\\s*|\\s+)\\d+(?!\\S)))"
          + "s?(?![a-z])[\\w.-]{0,80}"
          // Where it is, or how it is made.
          + "(?<![_.-](?:file|path|dir|name|type|domain|length|ttl|timeout))";

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

  /** All that follows the name of the scheme, up to the end of the header. */
  private static final Pattern HEADER =
      Pattern.compile(
          "(?i)(\\b(?:(?:proxy-)?authorization|(?:set-)?cookie)[\"']?\\s*:\\s*[\"']?"
              + "(?:[a-z][a-z0-9-]*[ \\t]+(?=[^\\s'\"]))?)[^'\"\\r\\n]+");

  /** {@code ?sig=...} of a URL. */
  private static final Pattern QUERY =
      Pattern.compile("(?i)([?&](?:key|sig|signature|auth|x-amz-signature)=)[^\\s&#'\"]+");

  /** {@code user/password@database} of Oracle. */
  private static final Pattern ORACLE =
      Pattern.compile(
          "(?i)((?:\\bjdbc:oracle:\\w{1,10}:|(?<![\\w.-])(?:sqlplus|rman|expdp|impdp)\\s+)"
              + "[^/\\s'\"@]{1,80}/)[^@\\s'\"]+(?=@)");

  private static final Pattern PRIVATE_KEY =
      Pattern.compile(
          "(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)[^-]*+(-----END [A-Z ]{0,30}-----)?");

  private static final Pattern BEARER =
      Pattern.compile("(?i)(\\b(?:bearer|basic)\\s+)[a-z0-9+/=._~-]{8,}");

  /** Tokens that say what they are: GitHub, GitLab, Slack, AWS, Google and others, JWT. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\b(?:gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|xapp-|sk-|[srp]k_(?:live|test)_|npm_"
              + "|hf_|dop_v1_|shpat_|AIza|SG\\.)[\\w.-]{16,}"
              + "|\\bA[KS]IA[0-9A-Z]{16}\\b"
              + "|\\beyJ[\\w-]{8,2000}+\\.[\\w-]{1,4000}+\\.[\\w-]*+");

  private static final Pattern WHOLE_OPTION = Pattern.compile("(?is)--?" + NAME + "\\s(?!-).+");

  private static final Pattern WHOLE_ASSIGNMENT = Pattern.compile("(?is)(" + NAME + "=).+");

  /** {@code curl -u} and others; a user and a group look alike, but are numbers or one name. */
  private static final Pattern USER =
      Pattern.compile(
          "((?<![\\w-])(?:-u|--user|--proxy-user)(?:[ \\t]|=))"
              + "(?!\\d+:\\d+(?!\\S))(?!([^\\s:]+):\\2(?!\\S))"
              + "(?:(['\"][^\\s:/'\"]+:)[^'\"]+|([^\\s:/'\"]+:)[^\\s'\"]+)");

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
    safe = replace(PRIVATE_KEY, safe, "$1" + MASK);
    safe = replace(HEADER, safe, "$1" + MASK);
    safe = replace(ASSIGNED, safe, "$1" + MASK);
    safe = replace(OPTION, safe, "$1" + MASK);
    safe = replace(QUERY, safe, "$1" + MASK);
    safe = replace(ORACLE, safe, "$1" + MASK);
    safe = replace(USER, safe, "$1$3$4" + MASK);
    for (SecretOption option : SecretOption.ALL) {
      safe = replace(option.text(), safe, "$1" + MASK);
    }
    safe = replace(BEARER, safe, "$1" + MASK);
    return replace(TOKEN, safe, MASK);
  }

  /** The words of a command, the same way; a secret that is a word of its own may hold spaces. */
  public List<String> in(List<String> words) {
    if (shown) {
      return words;
    }
    List<String> safe = new ArrayList<>(words.size());
    List<SecretOption> expected = new ArrayList<>();
    String before = "";
    for (String word : words) {
      SecretOption.ALL.stream().filter(option -> option.isOf(word)).forEach(expected::add);
      safe.add(in(before, word, expected));
      before = word;
    }
    return safe;
  }

  /**
   * @param expected the options of the programs that were named before; one that is found has done
   *     its work
   */
  private String in(String before, String word, List<SecretOption> expected) {
    for (SecretOption option : expected) {
      OptionalInt begin = option.begin(before, word);
      if (begin.isPresent()) {
        expected.remove(option);
        masked = true;
        return word.substring(0, begin.getAsInt()) + MASK;
      }
    }
    if (WHOLE_OPTION.matcher(before + " " + word).matches()) {
      masked = true;
      return MASK;
    }
    Matcher user = USER.matcher(before + " " + word);
    if (user.lookingAt() && user.end(1) == before.length() + 1) {
      masked = true;
      return word.substring(0, word.indexOf(':') + 1) + MASK;
    }
    Matcher named = WHOLE_ASSIGNMENT.matcher(word);
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
