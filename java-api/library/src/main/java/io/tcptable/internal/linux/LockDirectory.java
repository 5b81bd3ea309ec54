// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.binding.FileTrust;
import io.tcptable.internal.linux.procfs.ProcSelf;
import io.tcptable.internal.platform.FileFailure;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where a user's locks are: a directory that no other user can write to, the same for all programs
 * of the user. The first of these that can be used:
 *
 * <ol>
 *   <li>{@code /run/tcptable} for root, which others may read; {@code /run/user/UID/tcptable} for
 *       others, who have it while they are logged in ({@code pam_systemd(8)});
 *   <li>{@code /tmp/tcptable-UID}, unless another user has made it;
 *   <li>{@code locks} in the user's directory for state.
 * </ol>
 */
final class LockDirectory {

  private static final Path RUN = Path.of("/run");
  private static final Path TMP = Path.of("/tmp");
  private static final int ROOT = 0;
  private static final Set<PosixFilePermission> READABLE =
      PosixFilePermissions.fromString("rwxr-xr-x");
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  private LockDirectory() {}

  /** Root's, whether it is there or not. */
  static Path ofRoot() {
    return RUN.resolve("tcptable");
  }

  /**
   * This user's; made if it is not there.
   *
   * @param state the user's directory for state
   * @throws IOException if none can be used; it says why none of them can
   */
  static Path own(Path state) throws IOException {
    Path locks = state.resolve("locks");
    if (!ProcSelf.isShown()) {
      return Files.createDirectories(locks);
    }
    int uid = ProcSelf.uid();
    return firstUsable(places(uid, locks), uid);
  }

  /** This user's among the temporary files, whether it is there or not. */
  static Path temporary() {
    try {
      return temporary(ProcSelf.uid());
    } catch (IOException e) {
      return TMP.resolve("tcptable");
    }
  }

  private static Path temporary(int uid) {
    return TMP.resolve("tcptable-" + uid);
  }

  private static List<Path> places(int uid, Path ofState) {
    Path run = uid == ROOT ? RUN : RUN.resolve("user").resolve(Integer.toString(uid));
    return List.of(run.resolve("tcptable"), temporary(uid), ofState);
  }

  /** Makes those that are missing, until one can be used. */
  static Path firstUsable(List<Path> places, int uid) throws IOException {
    List<String> reasons = new ArrayList<>();
    for (Path place : places) {
      try {
        create(place, place.equals(ofRoot()) ? READABLE : PRIVATE);
        requireOwn(place, uid);
        return place;
      } catch (IOException e) {
        reasons.add(place + ": " + FileFailure.reason(e));
      }
    }
    throw new IOException("no directory for lock files can be used: " + String.join("; ", reasons));
  }

  private static void create(Path directory, Set<PosixFilePermission> permissions)
      throws IOException {
    Path parent = directory.getParent();
    if (parent == null || !directory.isAbsolute()) {
      // As for a user without a home directory.
      throw new IOException("it is not an absolute path");
    }
    Files.createDirectories(parent, PosixFilePermissions.asFileAttribute(PRIVATE));
    try {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
      // Past the process's own mask.
      Files.setPosixFilePermissions(directory, permissions);
    } catch (FileAlreadyExistsException e) {
      // Looked at next.
    }
  }

  /** Fails if it is not a directory that this user alone can write to. */
  private static void requireOwn(Path directory, int uid) throws IOException {
    FileTrust.requirePrivate(directory, uid);
    if (!Files.isWritable(directory)) {
      throw new IOException("this user cannot write to it");
    }
  }
}
