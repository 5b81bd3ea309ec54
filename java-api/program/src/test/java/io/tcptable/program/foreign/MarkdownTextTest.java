// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that others chose is live in Markdown. */
class MarkdownTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@user",
        "(@user)",
        "#1",
        "owner/name#1",
        "GH-12",
        "(gh-12)",
        "!34",
        "$5",
        "~label",
        "%milestone",
        "&epic",
        ":smile:",
        "me@example.org",
        "http://example.org",
        "see:HTTPS://example.org",
        "www.example.org",
        "0123456789abcdef0123456789abcdef01234567",
        "(1a2b3c4)",
        "<img/src=x>",
        "<!--",
        "[x](http://y)",
        "![x](y)",
        "[x]:",
        "**bold**",
        "_em_",
        "a_b_c",
        "~~gone~~",
        "`code`",
        "```",
        "``",
        "`",
        "\\",
        "a|b",
        "|---|",
        "---",
        "===",
        "#",
        ">",
        "-",
        "*",
        "+",
        "&lt;",
        "{x}",
        "^top",
      })
  void whatCouldBeLiveIsCode(String word) {
    String text = MarkdownText.text("a " + word + " b");

    assertThat(text).matches("a (`+)( ?)\\Q" + word + "\\E\\2\\1 b");
    String ticks = text.replaceAll("^a (`+).*", "$1");
    assertThat(word).doesNotMatch(".*(?<!`)" + ticks + "(?!`).*");
    assertThat(MarkdownText.cell(word)).doesNotContainPattern("(?<!\\\\)\\|");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Port 3001 hangs: 3 servers, it's \"so\" (likely).",
        "python3(4242) listens on 127.0.0.1:3001,",
        "12.5MiB; x=1 /var/log/app.log client/server 996ms",
        "серверок(7) 東京",
        "1,234,567 12345678",
      })
  void whatIsHarmlessStaysAsItIs(String text) {
    assertThat(MarkdownText.text(text)).isEqualTo(text);
    assertThat(MarkdownText.cell(text)).isEqualTo(text);
  }

  @Test
  void aLineStaysALineAndNothingIsHidden() {
    assertThat(MarkdownText.text("a\n# b\r\u001b[31mc\u202ed\u0085e"))
        .doesNotContain("\n", "\r", "\u001b", "\u202e", "\u0085");
    assertThat(MarkdownText.code("a\n```\nb")).isEqualTo("```` a?```?b ````");
    assertThat(MarkdownText.cell("a||b")).isEqualTo("`a\\|\\|b`");
  }
}
