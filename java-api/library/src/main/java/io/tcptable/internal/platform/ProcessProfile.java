// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import io.tcptable.process.ProcessArguments;
import io.tcptable.process.ProcessPlacement;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What tells which server a process is part of and who runs it, read in one look. Each is empty if
 * it is not known.
 *
 * @param commandLine of a long one only the first words
 * @param executable the file of its program
 * @param user the name of the user it runs as
 * @param lineage where it comes from
 * @param placement where it runs
 */
public record ProcessProfile(
    Optional<ProcessArguments> commandLine,
    Optional<Path> executable,
    Optional<String> user,
    Optional<ProcessLineage> lineage,
    Optional<ProcessPlacement> placement) {

  /** Of one of which nothing is known. */
  public static final ProcessProfile UNKNOWN =
      new ProcessProfile(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
