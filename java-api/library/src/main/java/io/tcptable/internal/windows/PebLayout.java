// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import java.nio.ByteBuffer;

/**
 * Where a process has what it was started with: offsets in its {@code PEB} and in its {@code
 * RTL_USER_PROCESS_PARAMETERS}, see {@code winternl.h} and, for what that leaves out, the symbols
 * of {@code ntdll.dll}, the same since Windows Vista.
 *
 * @param pointer the size of an address
 * @param parameters in the PEB: the address of the parameters
 * @param console in the parameters: a handle of the console
 * @param directory in the parameters: the working directory, a {@code UNICODE_STRING}
 * @param image the file of the program, as it was loaded, likewise
 * @param commandLine the command line, likewise
 * @param environment the address of the variables
 */
record PebLayout(
    int pointer,
    int parameters,
    int console,
    int directory,
    int image,
    int commandLine,
    int environment) {

  static final PebLayout OF_64_BITS = new PebLayout(8, 0x20, 0x10, 0x38, 0x60, 0x70, 0x80);

  /** Of a process of 32 bits on a Windows of 64 bits, which has another PEB besides. */
  static final PebLayout OF_32_BITS = new PebLayout(4, 0x10, 0x10, 0x24, 0x38, 0x40, 0x48);

  /** {@code UNICODE_STRING}: the length in bytes, the room, and at this place the address. */
  int textAddress() {
    return pointer;
  }

  int textSize() {
    return 2 * pointer;
  }

  long address(ByteBuffer from, int at) {
    return pointer == Long.BYTES ? from.getLong(at) : Integer.toUnsignedLong(from.getInt(at));
  }
}
