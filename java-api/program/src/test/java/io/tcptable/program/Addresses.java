// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The addresses that tests use. */
final class Addresses {

  /** 127.0.0.1. */
  static final InetAddress LOOPBACK = of(127, 0, 0, 1);

  /** {@code ::}, which takes connections of both families. */
  static final InetAddress DUAL = of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  private Addresses() {}

  private static InetAddress of(int... numbers) {
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) numbers[i];
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
