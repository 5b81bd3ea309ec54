// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a process writes what people read.
 *
 * @param standardOutput what descriptor 1 is
 * @param standardError what descriptor 2 is
 * @param logs the files named {@code *.log} that it has open
 */
public record ProcessFiles(
    @Nullable String standardOutput, @Nullable String standardError, List<Path> logs) {}
