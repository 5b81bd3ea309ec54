// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where a user's locks are: a directory that no other user can write to, the same for all programs
 * of the user.
 *
 * <p>On Linux {@code /run/tcptable} for root, which others may read; {@code /run/user/UID/tcptable}
 * for others, who have it while they are logged in ({@code pam_systemd(8)}); {@code
 * /tmp/tcptable-UID} where the one is missing or cannot be written.
 */
final class LockDirectory {

  private static final Path RUN = Path.of("/run");
  private static final Path SELF = Path.of("/proc/self");
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
   * @param state the user's directory for state, where there is no /proc to tell the user's number
   * @throws IOException if it cannot be made, or another user has made it
   */
  static Path own(Supplier<Path> state) throws IOException {
    if (!Files.exists(SELF)) {
      return Files.createDirectories(state.get());
    }
    int uid = (Integer) Files.getAttribute(SELF, "unix:uid");
    Path directory = ofUser(uid);
    create(directory, uid == ROOT ? READABLE : PRIVATE);
    return checked(directory, uid);
  }

  private static Path ofUser(int uid) {
    Path parent = uid == ROOT ? RUN : RUN.resolve("user").resolve(Integer.toString(uid));
    return Files.isWritable(parent)
        ? parent.resolve("tcptable")
        : Path.of("/tmp").resolve("tcptable-" + uid);
  }

  private static void create(Path directory, Set<PosixFilePermission> permissions)
      throws IOException {
    try {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
      // Past the process's own mask.
      Files.setPosixFilePermissions(directory, permissions);
    } catch (FileAlreadyExistsException e) {
      // Checked next.
    }
  }

  /** The directory, if it is a user's alone. */
  @SuppressWarnings("unchecked") // as the view "unix" says
  static Path checked(Path directory, int uid) throws IOException {
    Map<String, Object> found =
        Files.readAttributes(
            directory, "unix:uid,isDirectory,permissions", LinkOption.NOFOLLOW_LINKS);
    Set<PosixFilePermission> permissions = (Set<PosixFilePermission>) found.get("permissions");
    if (!Boolean.TRUE.equals(found.get("isDirectory"))
        || !Integer.valueOf(uid).equals(found.get("uid"))
        || permissions == null
        || permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException(
          "the directory for locks, " + directory + ", is not this user's alone: have it removed");
    }
    return directory;
  }
}
