// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that Windows starts, and that it refuses with error 193 or 216. */
class ProgramImageTest {

  @TempDir private Path folder;

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("server.exe"), content);
  }

  private static byte[] image(int machine) {
    return ByteBuffer.allocate(512)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(0, (short) 0x5a4d)
        .putInt(0x3c, 128)
        .putInt(128, 0x4550)
        .putShort(132, (short) machine)
        .array();
  }

  @ParameterizedTest
  @CsvSource({
    "amd64, 0x8664, true",
    "amd64, 0x14c, true",
    "amd64, 0xaa64, false",
    "aarch64, 0xaa64, true",
    "aarch64, 0x8664, true",
    "aarch64, 0x200, false"
  })
  void processors(String processor, String machine, boolean fits) throws IOException {
    Path file = file(image(Integer.decode(machine)));

    if (fits) {
      assertThatCode(() -> ProgramImage.require(file, processor)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> ProgramImage.require(file, processor))
          .hasMessage(file + " is made for another processor than this one, " + processor);
    }
  }

  @Test
  void whatIsNoProgram() throws IOException {
    for (String content : new String[] {"", "#", "#!/bin/sh\nexec node\n", "print(1)"}) {
      Path file = file(content.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      assertThatThrownBy(() -> ProgramImage.require(file, "amd64"))
          .hasMessageContaining("name the program that runs it");
    }
  }

  /** An old or odd header, or an alias that cannot be read: Windows decides. */
  @Test
  void whatIsNotKnownIsNotRefused() throws IOException {
    Path odd = file(new byte[] {'M', 'Z'});

    assertThatCode(() -> ProgramImage.require(odd, "amd64")).doesNotThrowAnyException();
    assertThatCode(() -> ProgramImage.require(folder.resolve("none"), "amd64"))
        .doesNotThrowAnyException();
  }
}
