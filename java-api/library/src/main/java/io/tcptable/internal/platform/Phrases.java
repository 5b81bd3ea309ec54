// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;

/** The words of one operating system: a text for each {@link Phrase}. Immutable. */
public final class Phrases {

  private final Map<Phrase, String> texts;

  /**
   * @throws IllegalArgumentException if a phrase has no text
   */
  public Phrases(Map<Phrase, String> texts) {
    EnumSet<Phrase> missing = EnumSet.allOf(Phrase.class);
    missing.removeAll(texts.keySet());
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("no text for " + missing);
    }
    this.texts = new EnumMap<>(texts);
  }

  public String of(Phrase phrase) {
    return Objects.requireNonNull(texts.get(phrase));
  }
}
