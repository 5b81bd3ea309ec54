// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import io.tcptable.process.ProcessStatus;
import java.util.OptionalLong;

/**
 * What tells which server a process is part of: the part of its {@link ProcessStatus} that is cheap
 * to read, for those who ask it of thousands.
 *
 * @param session as in the status
 * @param processGroup as in the status
 * @param programImage as in the status
 * @param isHidden whether this user may not list its descriptors
 */
public record ProcessLineage(
    OptionalLong session, OptionalLong processGroup, OptionalLong programImage, boolean isHidden) {

  /** What a status says of it. */
  public static ProcessLineage of(ProcessStatus status) {
    return new ProcessLineage(
        status.session(),
        status.processGroup(),
        status.programImage(),
        status.openDescriptors().isEmpty());
  }
}
