// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import io.tcptable.internal.wording.Excerpt;
import io.tcptable.program.foreign.HtmlText;
import io.tcptable.program.foreign.Secrets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Builds a page. Every text and every value of an attribute is masked, cut and escaped here, in one
 * place; names of tags and attributes are constants of this program.
 */
final class Html {

  private final StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");
  private final Deque<String> open = new ArrayDeque<>();
  private final Secrets secrets;

  Html(Secrets secrets) {
    this.secrets = secrets;
  }

  /**
   * Begins an element.
   *
   * @param attributes names and values in turn; one with an empty value is left out
   */
  Html open(String tag, String... attributes) {
    tag(tag, attributes);
    open.push(tag);
    return this;
  }

  /** Ends the innermost element. */
  Html close() {
    String tag = open.pop();
    out.append("</").append(tag).append('>');
    if (!tag.equals("span") && !tag.equals("code")) {
      out.append('\n');
    }
    return this;
  }

  /** An element that holds a text. */
  Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** Begins a part of the page. */
  Html section(String title) {
    return open("section").element("h2", title);
  }

  /** A line below something: what is left out, or what it means. */
  Html remark(String text) {
    return element("p", text, "class", "more");
  }

  /** An element that has no content, such as {@code meta}, or a shape of a picture. */
  Html single(String tag, String... attributes) {
    tag(tag, attributes);
    out.append('\n');
    return this;
  }

  /** A shape of a picture: there, an element needs an end. */
  Html shape(String tag, String... attributes) {
    return open(tag, attributes).close();
  }

  Html text(String text) {
    out.append(HtmlText.of(safe(text)));
    return this;
  }

  /** The words of a command, of which each may be a secret. */
  Html words(List<String> words, long omitted) {
    Excerpt some = Excerpt.of(words, Integer.MAX_VALUE, Excerpt.FIELD);
    int more = (int) Math.min(Integer.MAX_VALUE / 2, some.omitted() + omitted);
    out.append(HtmlText.of(Excerpt.line(secrets.in(some.shown()), more)));
    return this;
  }

  /** A style sheet, a constant of this program. */
  Html style(String sheet) {
    out.append("<style>\n").append(sheet).append("</style>\n");
    return this;
  }

  /** Whether a secret was masked. */
  boolean hasMasked() {
    return secrets.hasMasked();
  }

  private void tag(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      if (!attributes[i + 1].isEmpty()) {
        String value =
            isDrawing(attributes[i]) ? attributes[i + 1] : HtmlText.of(safe(attributes[i + 1]));
        out.append(' ').append(attributes[i]).append("=\"").append(value).append('"');
      }
    }
    out.append('>');
  }

  /** A path has figures only, and more of them than a person reads. */
  private static boolean isDrawing(String attribute) {
    return attribute.equals("d");
  }

  private String safe(String text) {
    return Excerpt.of(secrets.in(Excerpt.of(text, Excerpt.FIELD)), Excerpt.LINE);
  }

  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("still open: " + open);
    }
    return out.toString();
  }
}
