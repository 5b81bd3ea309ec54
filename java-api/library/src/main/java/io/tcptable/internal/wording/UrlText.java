// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.wording;

import java.util.regex.Pattern;

/** URLs as they are printed: without credentials. */
public final class UrlText {

  private static final Pattern CREDENTIALS =
      Pattern.compile("(?s)^([a-zA-Z][a-zA-Z0-9+.-]*:(?://)?)?.*@");

  private UrlText() {}

  /**
   * A text that was meant as a URL but is none: all in it that may be credentials is masked, which
   * is all from the scheme to the last at sign.
   */
  public static String ofInvalid(String url) {
    return CREDENTIALS.matcher(url).replaceFirst("$1***@");
  }
}
