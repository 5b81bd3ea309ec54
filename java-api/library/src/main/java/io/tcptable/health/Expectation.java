// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.internal.json.JsonText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a healthy answer looks like.
 *
 * @param lowest the lowest status that will do
 * @param highest the highest status that will do
 * @param body text that the body must contain, if any
 * @param json what the body must hold, as {@link JsonText} reads it, if anything
 * @param isLenient whether the page asked for is a guess, and an answer without HTTP will do
 */
record Expectation(
    int lowest, int highest, @Nullable String body, @Nullable Object json, boolean isLenient) {

  /** Whatever shows that the server serves. */
  static Expectation any() {
    return new Expectation(100, 499, null, null, true);
  }

  static Expectation success() {
    return new Expectation(200, 299, null, null, false);
  }

  Expectation withStatus(int status) {
    return new Expectation(status, status, body, json, false);
  }

  /** A body is expected of the page that was meant, so it is no longer a guess. */
  Expectation withBody(String text) {
    Expectation strict = strict();
    return new Expectation(strict.lowest, strict.highest, text, json, false);
  }

  Expectation withJson(String text) {
    Expectation strict = strict();
    return new Expectation(strict.lowest, strict.highest, body, parsed(text), false);
  }

  private static Object parsed(String text) {
    try {
      return JsonText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + text + "' is not JSON: " + e.getMessage(), e);
    }
  }

  private Expectation strict() {
    return isLenient ? success() : this;
  }

  /** What is wrong with an answer, if anything. */
  Optional<ProbeOutcome> wrong(HttpResponse answer) {
    if (answer.status() < lowest || answer.status() > highest) {
      String expected = lowest == highest ? "" + lowest : lowest + " to " + highest;
      return wrong(
          Outcome.WRONG_STATUS,
          "answered "
              + answer.statusLine()
              + answer.location().map(to -> " to " + to).orElse("")
              + (isLenient ? "" : " instead of " + expected));
    }
    if (body != null && !answer.body().contains(body)) {
      return wrong(Outcome.WRONG_BODY, theBody(answer) + " does not contain \"" + body + "\"");
    }
    return json == null ? Optional.empty() : wrongJson(json, answer);
  }

  /** What was looked into: no false word on what was not read. */
  private static String theBody(HttpResponse answer) {
    return (answer.isCut() ? "the first MiB of the body" : "the body")
        + answer.encoding().map(coding -> ", which is encoded as " + coding + ",").orElse("");
  }

  private static Optional<ProbeOutcome> wrongJson(Object expected, HttpResponse answer) {
    if (answer.isCut()) {
      return wrong(Outcome.WRONG_BODY, "the body is longer than 1 MiB, too long to read its JSON");
    }
    try {
      return JsonSubset.difference(expected, JsonText.parse(answer.body()))
          .flatMap(difference -> wrong(Outcome.WRONG_BODY, "in the body, " + difference));
    } catch (IllegalArgumentException e) {
      return wrong(Outcome.WRONG_BODY, theBody(answer) + " is not JSON: " + e.getMessage());
    }
  }

  private static Optional<ProbeOutcome> wrong(Outcome outcome, String detail) {
    return Optional.of(new ProbeOutcome(outcome, detail));
  }
}
