// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is printed is, byte for byte, what Jackson writes with the same escapes. */
class JsonBytesTest {

  private static final int LAST_PLAIN = '~';

  private record Sample(List<String> texts, long number, boolean flag) {}

  @Test
  void isWhatJacksonWrites() throws IOException {
    Random random = new Random(11);
    StringBuilder all = new StringBuilder();
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      all.append((char) c);
    }
    check(new Sample(List.of("", all.substring(0, 32_768)), Long.MIN_VALUE, true));
    check(new Sample(List.of(all.substring(32_768)), Long.MAX_VALUE, false));
    check(new Sample(List.of(), 0, true));
    for (int round = 0; round < 500; round++) {
      String text =
          random
              .ints(random.nextInt(40), 0, 0x300)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      check(new Sample(List.of(text, "b"), random.nextLong(), random.nextBoolean()));
    }
  }

  private static void check(Sample sample) throws IOException {
    ByteArrayOutputStream ours = new ByteArrayOutputStream();
    JsonOutput.print(
        new PrintStream(ours),
        "x/1",
        sample,
        (json, it) ->
            json.texts("texts", it.texts)
                .list("objects", it.texts, (object, text) -> object.whole("t\"", text))
                .number("n", it.number)
                .object("o", it, (object, same) -> object.flag("f", same.flag))
                .number("last", 1));
    assertThat(ours.toByteArray()).isEqualTo(byJackson(sample));
  }

  private static byte[] byJackson(Sample sample) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes);
    try (JsonGenerator json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setCharacterEscapes(new DeleteToo());
      json.setHighestNonEscapedChar(LAST_PLAIN);
      json.writeStartObject();
      json.writeStringField("schema", "x/1");
      json.writeArrayFieldStart("texts");
      for (String text : sample.texts) {
        json.writeString(text);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("objects");
      for (String text : sample.texts) {
        json.writeStartObject();
        json.writeStringField("t\"", text);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeNumberField("n", sample.number);
      json.writeObjectFieldStart("o");
      json.writeBooleanField("f", sample.flag);
      json.writeEndObject();
      json.writeNumberField("last", 1);
      json.writeEndObject();
    }
    out.println();
    return bytes.toByteArray();
  }

  /** The escapes of RFC 8259, and one for DEL: it is ASCII and yet a control. */
  private static final class DeleteToo extends CharacterEscapes {

    private static final long serialVersionUID = 1L;

    private static final int[] ESCAPES = standardAsciiEscapesForJSON();

    static {
      ESCAPES['\u007f'] = ESCAPE_STANDARD;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ESCAPES;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
      return null;
    }
  }
}
