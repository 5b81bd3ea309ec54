// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.foreign;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A short option that takes a secret in some programs and something else in all others: {@code -p}
 * is a password for mysql, a port for ssh, and a flag for mkdir. So it is looked for only behind
 * the name of such a program.
 */
final class SecretOption {

  /** A user before the secret, as in {@code curl -u me:secret}. */
  private static final String USER = "[^\\s:'\"]*:";

  static final List<SecretOption> ALL =
      List.of(
          attached("(?:mysql|mariadb)[\\w-]*", "-p"),
          attached("7z[ar]?", "-p"),
          either("sshpass", "-p"),
          separate("(?:redis|valkey|keydb)-cli", "-a", ""),
          either("mongo(?:sh|dump|restore|export|import|stat|top)?", "-p"),
          separate("ldap(?:search|add|modify|delete|passwd|whoami|compare)", "-w", ""),
          // The command of docker, podman, az and others.
          separate("login", "-p", ""),
          separate("cqlsh|rabbitmqadmin", "-p", ""),
          either("sqlcmd|bcp|tsql|zip|unzip", "-P"),
          separate("snmp(?:walk|get|set|bulkwalk|trap|table)", "-A", ""),
          separate("snmp(?:walk|get|set|bulkwalk|trap|table)", "-X", ""),
          separate("curl", "-u", USER),
          attached("curl", "-u" + USER),
          separate("curl", "-U", USER),
          separate("https?|xh", "-a", USER),
          separate("ab|siege", "-A", USER),
          separate("ab|siege", "-P", USER),
          separate("smbclient|rpcclient|smbget", "-U", "[^\\s%'\"]*%"));

  /** How many words after the name of the program are looked at in a text. */
  private static final int REACH = 100;

  private static final String QUOTE = "['\"]?";

  private static final String SECRET = "(?:(?<=')[^']*|(?<=\")[^\"]*|[^\\s'\";|&]+)";

  private final Pattern program;
  private final Pattern words;
  private final Pattern text;

  private SecretOption(String program, String words, String text) {
    this.program = Pattern.compile("(?:" + program + ")(?:\\.exe)?");
    this.words = Pattern.compile(words + "(?=.)", Pattern.DOTALL);
    this.text =
        Pattern.compile(
            "((?<![\\w.-])(?:"
                + program
                + ")(?:\\.exe)?['\"]?(?:[ \\t]+[^\\s;|&]+){0,"
                + REACH
                + "}?[ \\t]+"
                + text
                + ")"
                + SECRET);
  }

  /** One whose secret is the next word, or the part of it that follows a user. */
  private static SecretOption separate(String program, String option, String user) {
    return new SecretOption(program, option + "\\n" + user, option + "[ \\t]+" + QUOTE + user);
  }

  /** One whose secret is the rest of its word. */
  private static SecretOption attached(String program, String option) {
    return new SecretOption(
        program, "(?s:.*)\\n" + option, QUOTE + option + "(?=[^\\s'\"])" + QUOTE);
  }

  /** One whose secret is the rest of its word or, if there is none, the next word. */
  private static SecretOption either(String program, String option) {
    return new SecretOption(
        program,
        "(?:" + option + "\\n|(?s:.*)\\n" + option + ")",
        QUOTE + option + "(?:[ \t]+|(?=[^\\s'\"]))" + QUOTE);
  }

  /** Whether a word of a command is the name of its program. */
  boolean isOf(String word) {
    return program.matcher(word.substring(word.lastIndexOf('/') + 1)).matches();
  }

  /** Where in a word the secret begins, which is its rest; empty if there is none. */
  OptionalInt begin(String before, String word) {
    Matcher found = words.matcher(before + "\n" + word);
    return found.lookingAt()
        ? OptionalInt.of(found.end() - before.length() - 1)
        : OptionalInt.empty();
  }

  /** Group 1 ends where the secret begins, which is the rest of the match. */
  Pattern text() {
    return text;
  }
}
