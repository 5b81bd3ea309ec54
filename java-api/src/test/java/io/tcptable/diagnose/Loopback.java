package io.tcptable.diagnose;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The two loopback addresses. */
final class Loopback {

  static final InetAddress V4 = address(127, 0, 0, 1);
  static final InetAddress V6 = address(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

  private Loopback() {}

  static InetAddress address(int... numbers) {
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) numbers[i];
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
