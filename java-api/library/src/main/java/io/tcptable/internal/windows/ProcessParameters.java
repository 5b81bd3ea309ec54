// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.WindowsCalls;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a process was started with, from its own memory: its environment block points to its
 * parameters, and these to its command line and its directory, as in {@code winternl.h}. On 64
 * bits; a process of 32 bits has the same block beside its own.
 */
final class ProcessParameters {

  static final int BASIC_INFORMATION_SIZE = 48;
  static final int PEB_ADDRESS = 8;
  static final int PARAMETERS = 32;
  static final int CURRENT_DIRECTORY = 56;
  static final int COMMAND_LINE = 112;

  /** {@code UNICODE_STRING}: 0 length in bytes, 2 room, 8 address. */
  static final int TEXT_ADDRESS = 8;

  static final int TEXT_SIZE = 16;

  private static final int PROCESS_BASIC_INFORMATION = 0;

  private final WindowsCalls calls;
  private final long process;

  /**
   * @param process a handle with the rights to query and to read memory
   */
  ProcessParameters(WindowsCalls calls, long process) {
    this.calls = calls;
    this.process = process;
  }

  /** The command line as one text; empty if it cannot be read. */
  Optional<String> commandLine() {
    return text(COMMAND_LINE);
  }

  /** The working directory now; empty if it cannot be read. */
  Optional<String> currentDirectory() {
    return text(CURRENT_DIRECTORY);
  }

  private Optional<String> text(int field) {
    return pebAddress()
        .flatMap(peb -> read(peb + PARAMETERS, Long.BYTES))
        .flatMap(parameters -> read(parameters.getLong(0) + field, TEXT_SIZE))
        .flatMap(text -> read(text.getLong(TEXT_ADDRESS), Short.toUnsignedInt(text.getShort(0))))
        .map(characters -> StandardCharsets.UTF_16LE.decode(characters).toString());
  }

  private Optional<Long> pebAddress() {
    ByteBuffer basic = CallBuffer.allocate(BASIC_INFORMATION_SIZE);
    int status = calls.NtQueryInformationProcess(process, PROCESS_BASIC_INFORMATION, basic);
    return status < 0 ? Optional.empty() : Optional.of(basic.getLong(PEB_ADDRESS));
  }

  private Optional<ByteBuffer> read(long address, int length) {
    ByteBuffer bytes = CallBuffer.allocate(length);
    return length > 0 && calls.ReadProcessMemory(process, address, bytes) < 0
        ? Optional.empty()
        : Optional.of(bytes);
  }
}
