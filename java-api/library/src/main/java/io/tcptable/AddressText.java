// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

/** IP addresses in numbers, IPv6 as RFC 5952 recommends. */
final class AddressText {

  private AddressText() {}

  static String of(byte[] address) {
    StringBuilder text = new StringBuilder(40);
    if (address.length == 4) {
      appendV4(address, 0, text);
    } else {
      appendV6(address, text);
    }
    return text.toString();
  }

  private static void appendV4(byte[] address, int from, StringBuilder text) {
    for (int i = from; i < from + 4; i++) {
      if (i > from) {
        text.append('.');
      }
      text.append(Byte.toUnsignedInt(address[i]));
    }
  }

  private static void appendV6(byte[] address, StringBuilder text) {
    boolean mapped = isMapped(address);
    int groups = mapped ? 6 : 8;
    int gapStart = -1;
    int gapEnd = -1;
    for (int from = 0; from < groups; from++) {
      int to = from;
      while (to < groups && group(address, to) == 0) {
        to++;
      }
      if (to - from > Math.max(1, gapEnd - gapStart)) {
        gapStart = from;
        gapEnd = to;
      }
    }
    for (int i = 0; i < groups; i++) {
      if (i == gapStart) {
        text.append("::");
        i = gapEnd - 1;
      } else {
        if (i > 0 && i != gapEnd) {
          text.append(':');
        }
        text.append(Integer.toHexString(group(address, i)));
      }
    }
    if (mapped) {
      appendV4(address, 12, text.append(':'));
    }
  }

  private static int group(byte[] address, int index) {
    return (Byte.toUnsignedInt(address[2 * index]) << 8)
        | Byte.toUnsignedInt(address[2 * index + 1]);
  }

  /** Whether this is {@code ::ffff:a.b.c.d}, RFC 4291 section 2.5.5.2. */
  static boolean isMapped(byte[] address) {
    for (int i = 0; i < 5; i++) {
      if (group(address, i) != 0) {
        return false;
      }
    }
    return group(address, 5) == 0xffff;
  }
}
