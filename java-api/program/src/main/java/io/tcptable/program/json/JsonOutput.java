// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.json;

import io.tcptable.internal.json.Fields;
import io.tcptable.internal.json.JsonDocument;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** How every command prints JSON: one object on one line, streamed, in ASCII. */
public final class JsonOutput {

  private JsonOutput() {}

  /**
   * Prints one object.
   *
   * @param schema the name and version of its schema, its first field
   * @param content writes the other fields of the value
   */
  public static <T> void print(
      PrintStream out, String schema, T value, Fields.Content<? super T> content)
      throws IOException {
    print(out, to -> JsonDocument.write(to, schema, value, content));
  }

  /** Prints one that the library writes. */
  public static void print(PrintStream out, JsonDocument.Writing document) throws IOException {
    // Not closed: that would close the stream.
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.US_ASCII));
    document.to(writer);
    writer.flush();
    out.println();
  }
}
