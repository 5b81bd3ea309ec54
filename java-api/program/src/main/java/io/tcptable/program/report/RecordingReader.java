// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import io.tcptable.internal.platform.FileFailure;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads recordings line by line. They may be compressed by gzip. */
final class RecordingReader {

  /** In characters: a diagnosis of 100,000 sockets has less. */
  private static final int LONGEST_LINE = 64 * 1024 * 1024;

  private static final int GZIP_MAGIC = 0x1f8b;

  /** What the guard saves that a page shows. */
  private static final List<String> EVIDENCE =
      List.of("diagnosis.json", "events.jsonl", "watch.jsonl");

  private final RecordedPort port;

  RecordingReader(RecordedPort port) {
    this.port = port;
  }

  /**
   * Reads a file, or a folder of evidence of the guard.
   *
   * @throws UnreadableRecording if it cannot be read
   */
  void read(Path path) throws UnreadableRecording {
    List<Path> files =
        Files.isDirectory(path)
            ? EVIDENCE.stream().map(path::resolve).filter(Files::exists).toList()
            : List.of(path);
    if (files.isEmpty()) {
      throw new UnreadableRecording(
          path + " has no " + String.join(" and no ", EVIDENCE) + "; name a recording");
    }
    for (Path file : files) {
      readFile(file);
    }
  }

  private void readFile(Path file) throws UnreadableRecording {
    try (Reader lines =
        new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
      read(lines, file);
    } catch (UnreadableRecording e) {
      throw e;
    } catch (IOException e) {
      throw new UnreadableRecording("cannot read " + file + ": " + FileFailure.reason(e));
    }
  }

  @SuppressWarnings("resource") // The reader that has it closes it.
  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    in.mark(2);
    int magic = (in.read() << 8) | in.read();
    in.reset();
    return magic == GZIP_MAGIC ? new CutOffStream(new GZIPInputStream(in)) : in;
  }

  /** Ends where compressed data were cut off, after all that can be read of them. */
  private static final class CutOffStream extends FilterInputStream {

    CutOffStream(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return super.read(bytes, offset, length);
      } catch (EOFException e) {
        return -1;
      }
    }
  }

  private void read(Reader in, Path file) throws IOException {
    StringBuilder line = new StringBuilder();
    int number = 1;
    boolean isEmpty = true;
    for (int c = in.read(); c >= 0; c = in.read()) {
      isEmpty = false;
      if (c == '\n') {
        add(line.toString(), file + ", line " + number);
        line.setLength(0);
        number++;
      } else if (line.length() < LONGEST_LINE) {
        line.append((char) c);
      } else {
        throw new UnreadableRecording(file + ", line " + number + " is too long for a recording");
      }
    }
    if (isEmpty) {
      throw new UnreadableRecording(file + " is empty; name a recording of tcptable record");
    }
    if (!line.isEmpty()) {
      addLast(line.toString(), file + ", line " + number, number);
    }
  }

  private void add(String line, String where) throws UnreadableRecording {
    if (line.isBlank()) {
      return;
    }
    try {
      port.line(line);
    } catch (IllegalArgumentException e) {
      throw new UnreadableRecording(where + " is not a line of a recording: " + e.getMessage());
    }
  }

  /** Without a line break, it is whole or cut off, as where the program was killed. */
  private void addLast(String line, String where, int number) throws UnreadableRecording {
    try {
      port.line(line);
    } catch (IllegalArgumentException e) {
      if (number == 1) {
        throw new UnreadableRecording(where + " is not a line of a recording: " + e.getMessage());
      }
      port.cutOff();
    }
  }
}
