// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.WindowsCalls;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * What a process was started with, from its own memory: its environment block (PEB) points to its
 * parameters, and these to its command line, its directory and its variables. The process itself
 * changes the last two, so that they are what they are now.
 */
final class ProcessParameters {

  static final int BASIC_INFORMATION_SIZE = 48;
  static final int PEB_ADDRESS = 8;

  private static final int PROCESS_BASIC_INFORMATION = 0;
  private static final int PROCESS_WOW64_INFORMATION = 26;

  /** Memory can be read up to the end of a page; what follows may not be there. */
  private static final int PAGE = 4096;

  /** Far more than any environment; then it is none. */
  private static final int LONGEST_ENVIRONMENT = 1 << 21;

  private static final String END = "\0\0";

  /** A handle is a multiple of four; in the place of one there are -1 to -3, and in Wine 1 to 3. */
  private static final int NO_HANDLE = 3;

  private final WindowsCalls calls;
  private final long process;

  /**
   * @param process a handle with the rights to query and to read memory
   */
  ProcessParameters(WindowsCalls calls, long process) {
    this.calls = calls;
    this.process = process;
  }

  /** Whether it is on a console, be it one without a window; false if that cannot be read. */
  boolean hasConsole() {
    return block()
        .flatMap(block -> address(block.address + block.layout.console(), block.layout))
        .filter(handle -> handle != 0 && (handle & NO_HANDLE) == 0)
        .isPresent();
  }

  /** The command line as one text; empty if it cannot be read. */
  Optional<String> commandLine() {
    return text(PebLayout::commandLine);
  }

  /** The working directory now; empty if it cannot be read. */
  Optional<String> currentDirectory() {
    return text(PebLayout::directory);
  }

  /** The file of its program, as it was loaded; empty if it cannot be read. */
  Optional<String> image() {
    return text(PebLayout::image);
  }

  /**
   * The variables now, {@code NAME=VALUE}, with a zero between two of them; empty if they cannot be
   * read, or change meanwhile.
   */
  Optional<String> environment() {
    return variables().filter(first -> variables().equals(Optional.of(first)));
  }

  private Optional<String> variables() {
    return block()
        .flatMap(block -> address(block.address + block.layout.environment(), block.layout))
        .flatMap(this::untilEmptyText);
  }

  /** The parameters of the process. */
  private record Block(PebLayout layout, long address) {}

  private Optional<Block> block() {
    Optional<Long> of32Bits = pebOf32Bits();
    PebLayout layout = of32Bits.isPresent() ? PebLayout.OF_32_BITS : PebLayout.OF_64_BITS;
    return of32Bits
        .or(this::peb)
        .flatMap(peb -> address(peb + layout.parameters(), layout))
        .map(address -> new Block(layout, address));
  }

  /** Of a process of 32 bits: it keeps its own, and the other one as it was at the start. */
  private Optional<Long> pebOf32Bits() {
    ByteBuffer address = CallBuffer.allocate(Long.BYTES);
    int status = calls.NtQueryInformationProcess(process, PROCESS_WOW64_INFORMATION, address);
    return status < 0 || address.getLong(0) == 0
        ? Optional.empty()
        : Optional.of(address.getLong(0));
  }

  private Optional<Long> peb() {
    ByteBuffer basic = CallBuffer.allocate(BASIC_INFORMATION_SIZE);
    int status = calls.NtQueryInformationProcess(process, PROCESS_BASIC_INFORMATION, basic);
    return status < 0 ? Optional.empty() : Optional.of(basic.getLong(PEB_ADDRESS));
  }

  private Optional<Long> address(long at, PebLayout layout) {
    return read(at, layout.pointer()).map(bytes -> layout.address(bytes, 0));
  }

  private Optional<String> text(ToIntFunction<PebLayout> field) {
    return block()
        .flatMap(block -> text(block.layout, block.address + field.applyAsInt(block.layout)));
  }

  private Optional<String> text(PebLayout layout, long at) {
    return read(at, layout.textSize())
        .flatMap(
            text ->
                read(
                    layout.address(text, layout.textAddress()),
                    Short.toUnsignedInt(text.getShort(0))))
        .map(ProcessParameters::characters);
  }

  /** The texts from there, up to one without characters. */
  private Optional<String> untilEmptyText(long address) {
    StringBuilder texts = new StringBuilder();
    while (texts.length() < LONGEST_ENVIRONMENT && address % Character.BYTES == 0) {
      long at = address + (long) Character.BYTES * texts.length();
      Optional<ByteBuffer> bytes = read(at, (int) (PAGE - at % PAGE));
      if (bytes.isEmpty()) {
        return Optional.empty();
      }
      int searched = Math.max(0, texts.length() - 1);
      texts.append(characters(bytes.get()));
      if (texts.charAt(0) == END.charAt(0)) {
        return Optional.of("");
      }
      int end = texts.indexOf(END, searched);
      if (end >= 0) {
        return Optional.of(texts.substring(0, end));
      }
    }
    return Optional.empty();
  }

  /** As they are: what is no valid text is for the program to understand. */
  private static String characters(ByteBuffer bytes) {
    return bytes.asCharBuffer().toString();
  }

  private Optional<ByteBuffer> read(long address, int length) {
    ByteBuffer bytes = CallBuffer.allocate(length);
    return length > 0 && calls.ReadProcessMemory(process, address, bytes) < 0
        ? Optional.empty()
        : Optional.of(bytes);
  }
}
