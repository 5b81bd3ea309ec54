// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.platform.SourceException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SourceExceptionTest {

  static Stream<Arguments> failuresOfFiles() {
    return Stream.of(
        Arguments.of(new AccessDeniedException("/proc"), Kind.PERMISSION, "EACCES"),
        Arguments.of(
            new FileSystemException("/proc", null, "Operation not permitted"),
            Kind.PERMISSION,
            "EPERM"),
        Arguments.of(new NoSuchFileException("/proc"), Kind.UNSUPPORTED, "ENOENT"),
        Arguments.of(
            new FileSystemException("/proc", null, "Too many open files"),
            Kind.EXHAUSTED,
            "EMFILE"),
        Arguments.of(
            new FileSystemException("/proc", null, "Too many open files in system"),
            Kind.EXHAUSTED,
            "ENFILE"),
        Arguments.of(new IOException("Cannot allocate memory"), Kind.EXHAUSTED, "ENOMEM"),
        Arguments.of(new IOException("Input/output error"), Kind.SYSTEM, ""),
        Arguments.of(new IOException(), Kind.SYSTEM, ""));
  }

  @ParameterizedTest
  @MethodSource("failuresOfFiles")
  void aFailureOfAFileIsOfAKind(IOException cause, Kind kind, String error) {
    SourceException failure = new SourceException("/proc", "cannot list /proc", cause);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.error()).isEqualTo(error);
    assertThat(failure).hasCause(cause);
  }
}
