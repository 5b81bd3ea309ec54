// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.WindowsCalls;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Under which account a process runs, and with which rights, by its token: {@code TOKEN_USER} or
 * {@code TOKEN_MANDATORY_LABEL}, and the {@code SID} right behind it, from {@code winnt.h}. Safe
 * for use by many threads.
 */
final class AccountReader {

  static final int TOKEN_USER_SIZE = 16;

  /** In a {@code SID}. */
  static final int PART_COUNT = 1;

  static final int PARTS = 8;

  private static final int REVISION = 1;
  private static final int MOST_PARTS = 15;
  private static final int AUTHORITY = 2;

  private static final int TOKEN_QUERY = 0x8;

  /** Of {@code TOKEN_INFORMATION_CLASS}. */
  private static final int TOKEN_USER = 1;

  private static final int TOKEN_INTEGRITY_LEVEL = 25;

  /** The longest names of accounts and of their domains, in characters: 256, {@code lmcons.h}. */
  private static final int LONGEST_NAME = 257;

  private final WindowsCalls calls;

  AccountReader(WindowsCalls calls) {
    this.calls = calls;
  }

  /**
   * {@code DOMAIN\\name}, or the number of the account, such as {@code S-1-5-21-...}, if it has no
   * name; empty if this user may not know.
   *
   * @param process a handle with the right to query
   */
  Optional<String> of(long process) {
    return sid(process, TOKEN_USER).map(sid -> name(sid).orElseGet(() -> number(sid)));
  }

  /**
   * The integrity level, such as {@code S-1-16-12288} of an administrator who runs it as such;
   * empty if this user may not know.
   *
   * @param process a handle with the right to query
   */
  Optional<String> integrity(long process) {
    return sid(process, TOKEN_INTEGRITY_LEVEL).map(AccountReader::number);
  }

  private Optional<ByteBuffer> sid(long process, int infoClass) {
    ByteBuffer token = CallBuffer.allocate(Long.BYTES);
    if (calls.OpenProcessToken(process, TOKEN_QUERY, token) < 0) {
      return Optional.empty();
    }
    try {
      return sidOfToken(token.getLong(0), infoClass);
    } finally {
      calls.CloseHandle(token.getLong(0));
    }
  }

  private Optional<ByteBuffer> sidOfToken(long token, int infoClass) {
    ByteBuffer user = CallBuffer.allocate(TOKEN_USER_SIZE + PARTS + MOST_PARTS * Integer.BYTES);
    ByteBuffer length = CallBuffer.allocate(Integer.BYTES);
    if (calls.GetTokenInformation(token, infoClass, user, length) < 0) {
      return Optional.empty();
    }
    int size = PARTS + Byte.toUnsignedInt(user.get(TOKEN_USER_SIZE + PART_COUNT)) * Integer.BYTES;
    // Windows says where it is by an address; this is how long it is if it is here.
    boolean isHere =
        user.get(TOKEN_USER_SIZE) == REVISION && length.getInt(0) == TOKEN_USER_SIZE + size;
    return isHere
        ? Optional.of(CallBuffer.allocate(size).put(0, user, TOKEN_USER_SIZE, size))
        : Optional.empty();
  }

  private Optional<String> name(ByteBuffer sid) {
    ByteBuffer name = CallBuffer.allocate(LONGEST_NAME * Character.BYTES);
    ByteBuffer nameLength = CallBuffer.allocate(Integer.BYTES).putInt(0, LONGEST_NAME);
    ByteBuffer domain = CallBuffer.allocate(LONGEST_NAME * Character.BYTES);
    ByteBuffer domainLength = CallBuffer.allocate(Integer.BYTES).putInt(0, LONGEST_NAME);
    int result =
        calls.LookupAccountSidW(
            sid, name, nameLength, domain, domainLength, CallBuffer.allocate(Integer.BYTES));
    if (result < 0) {
      return Optional.empty();
    }
    String account = text(name, nameLength);
    return domainLength.getInt(0) == 0
        ? Optional.of(account)
        : Optional.of(text(domain, domainLength) + "\\" + account);
  }

  private static String text(ByteBuffer characters, ByteBuffer length) {
    int count = Math.min(LONGEST_NAME, Math.max(0, length.getInt(0)));
    return StandardCharsets.UTF_16LE
        .decode(characters.slice(0, count * Character.BYTES))
        .toString();
  }

  /** As Windows writes it: revision, authority in big-endian order, then the parts. */
  private static String number(ByteBuffer sid) {
    long authority = 0;
    for (int i = AUTHORITY; i < PARTS; i++) {
      authority = authority << Byte.SIZE | Byte.toUnsignedLong(sid.get(i));
    }
    StringBuilder number = new StringBuilder("S-" + sid.get(0) + "-" + authority);
    for (int at = PARTS; at < sid.capacity(); at += Integer.BYTES) {
      number.append('-').append(Integer.toUnsignedString(sid.getInt(at)));
    }
    return number.toString();
  }
}
