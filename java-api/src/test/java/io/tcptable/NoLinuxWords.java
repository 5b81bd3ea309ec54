package io.tcptable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;

/** Holds that a text has nothing that only people at Linux understand. */
public final class NoLinuxWords {

  private static final Pattern WORD =
      Pattern.compile(
          "\\b(sudo|(?<!/)root|sysctl|kill (-|\\d)|SIG[A-Z]+|ulimit|systemctl|journalctl|systemd|nft"
              + "|tail|descriptor|CAP_\\w+|namespace|setsid|net\\.ipv4|EADDR\\w+|hidepid|pidfd|PID 1|XDG\\w*"
              + "|jq|sort -u|hangup)\\b|/proc|/srv/|&&|~/|\\\\$",
          Pattern.MULTILINE);

  private NoLinuxWords() {}

  public static void in(String text) {
    assertThat(text).doesNotContainPattern(WORD);
  }
}
