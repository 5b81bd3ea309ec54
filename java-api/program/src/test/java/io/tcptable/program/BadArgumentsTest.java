// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.binding.BindingName;
import io.tcptable.program.command.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad arguments get one line that says what is wrong and what to do, and exit code 2. */
class BadArgumentsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "list 0                    | '0' is not a port: use a number from 1 to 65535",
        "list -1                   | '-1' is not a port: use a number from 1 to 65535",
        "list 70000                | '70000' is not a port: use a number from 1 to 65535",
        "list 99999999999          | '99999999999' is not a port",
        "list abc                  | 'abc' is not a port",
        "list 80a                  | '80a' is not a port",
        "list +80                  | '+80' is not a port",
        "list :                    | ':' is not a port",
        "list 3001 0               | '0' is not a port",
        "list \u0663\u0660\u0660\u0661 | is not a port",
        "list localhost:80         | 'localhost:80' is not a port or an address with a port: 'localhost'",
        "list 127.0.0.1            | '127.0.0.1' is not a port: use a number from 1 to 65535",
        "list 127.0.0.1:0          | port 0 is not in 1..65535",
        "list ::1:80               | '::1:80' is not a port or an address with a port",
        "list 0.0.0.0%nosuch0:80   | there is no network interface 'nosuch0'",
        "list --state FOO          | 'FOO' is not a TCP state: use one of ESTABLISHED, SYN_SENT",
        "list --state ,LISTEN      | '' is not a TCP state",
        "list --state UNKNOWN      | 'UNKNOWN' is not a TCP state",
        "list --state              | missing required parameter for option '--state'",
        "list --pid abc            | 'abc' is not a process ID: use a whole number above 0",
        "list --pid 0              | '0' is not a process ID",
        "list --pid -5             | '-5' is not a process ID",
        "list --family 5           | '5' is not an address family: use 4 or 6",
        "list --color maybe        | 'maybe' is not a color mode: use auto, always or never",
        "list --json --csv         | --json and --csv cannot be combined; choose one",
        "list --pid 1 --no-owners  | --pid needs the owners; remove --no-owners",
        "list --jsonn              | unknown option '--jsonn'; did you mean --json?",
        "list -x                   | unknown option '-x'",
        "lst                       | unknown command 'lst'; did you mean list?",
        "--debug 3001              | unknown command '3001'; for that port: tcptable 3001",
        "0.0.0.0%nosuch0:80        | there is no network interface 'nosuch0'",
        "localhost:3001            | 'localhost:3001' is not a port or an address with a port",
        "0                         | '0' is not a port: use a number from 1 to 65535",
        "-1                        | '-1' is not a port: use a number from 1 to 65535",
        "70000                     | '70000' is not a port: use a number from 1 to 65535",
        "99999999999               | '99999999999' is not a port",
        "abc                       | unknown command 'abc'",
        "frobnicate                | unknown command 'frobnicate'",
        "--frobnicate              | unknown option '--frobnicate'",
        "@list                     | unknown command '@list'",
      })
  void oneLineAndExitCode2(String line, String message) {
    isRefused(line, message);
  }

  @Test
  void anUnknownBindingIsToldThoseThatThereAre() {
    isRefused(
        "list --binding foo",
        "'foo' is not a binding: use one of " + String.join(", ", BindingName.all()) + " (see");
  }

  private static void isRefused(String line, String message) {
    Answer answer = Answer.to(line.split(" "));
    assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err().lines())
        .singleElement()
        .asString()
        .startsWith("tcptable: ")
        .contains(message)
        .endsWith("(see " + whoSaysIt(line) + " --help)");
  }

  /** A port alone is for {@code diagnose}. */
  private static String whoSaysIt(String line) {
    if (line.startsWith("list")) {
      return "tcptable list";
    }
    return line.matches(".*[0-9]+") && line.matches("[^-]+") ? "tcptable diagnose" : "tcptable";
  }

  @Test
  void whatIsRefusedCannotPlayWithTheTerminal() {
    assertThat(Answer.to("list", "\u001b[2J\n\u202e1").err())
        .hasLineCount(1)
        .contains("'?[2J??1' is not a port");
  }
}
