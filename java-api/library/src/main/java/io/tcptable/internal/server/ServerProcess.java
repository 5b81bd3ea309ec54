// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.internal.platform.ProcessLineage;
import io.tcptable.process.ProcessPlacement;
import io.tcptable.process.ProcessStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * A process, as far as it matters to which server it belongs: read now, or gathered before. What is
 * not known is empty. Two are equal if they are the same process.
 */
public interface ServerProcess {

  long pid();

  /** Its short name, which it may choose itself. */
  String name();

  Optional<ServerProcess> parent();

  /** When it was started; empty if that is not known. */
  Optional<Instant> startedAt();

  /** The program and its arguments. */
  List<String> commandLine();

  /** The file of the program. */
  Optional<Path> executable();

  /** The name of the user it runs as. */
  Optional<String> user();

  Optional<ProcessStatus> status();

  Optional<ProcessPlacement> placement();

  /** Its container, as the tools of that take it: runtime, then ID or name. */
  default Optional<String> container() {
    return placement().flatMap(ProcessPlacement::container);
  }

  /** The part of its status that tells which server it is part of. */
  default Optional<ProcessLineage> lineage() {
    return status().map(ProcessLineage::of);
  }

  default Optional<Long> session() {
    return number(ProcessLineage::session);
  }

  default Optional<Long> processGroup() {
    return number(ProcessLineage::processGroup);
  }

  /** What tells a fork from a process that runs a program of its own. */
  default Optional<Long> programImage() {
    return number(ProcessLineage::programImage);
  }

  /** Whether this user may not look into it. */
  default boolean isHidden() {
    return lineage().filter(ProcessLineage::isHidden).isPresent();
  }

  /** Its parent, the parent of that and so on. */
  default List<ServerProcess> ancestors() {
    Set<ServerProcess> ancestors = new LinkedHashSet<>();
    Optional<ServerProcess> next = parent();
    while (next.isPresent() && ancestors.add(next.get())) {
      next = next.get().parent();
    }
    return List.copyOf(ancestors);
  }

  private Optional<Long> number(Function<ProcessLineage, OptionalLong> figure) {
    OptionalLong known = lineage().map(figure).orElse(OptionalLong.empty());
    return known.isPresent() ? Optional.of(known.getAsLong()) : Optional.empty();
  }
}
