// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Map;

/**
 * Which files and directories a user can rely on: the one rule for the native library, logs, locks
 * and the programs of supervisors. Root and the user are trusted, and the group that is named after
 * the user, which many systems make for each user and let write by their umask. Root's group is
 * not: some containers put each user into it.
 */
public final class FileTrust {

  private static final int ROOT = 0;
  private static final int GROUP_WRITE = 0020;
  private static final int OTHERS_WRITE = 0002;
  private static final int STICKY = 01000;

  private final Path path;
  private final int owner;
  private final int mode;
  private final boolean isLink;

  private FileTrust(Path path) throws IOException {
    this.path = path;
    Map<String, Object> found =
        Files.readAttributes(path, "unix:uid,mode,isSymbolicLink", LinkOption.NOFOLLOW_LINKS);
    this.owner = (Integer) found.getOrDefault("uid", -1);
    this.mode = (Integer) found.getOrDefault("mode", GROUP_WRITE | OTHERS_WRITE);
    this.isLink = Boolean.TRUE.equals(found.get("isSymbolicLink"));
  }

  /**
   * Makes sure that no other user can change where a part of a path leads to. Who may write to a
   * directory can rename what is in it; a sticky bit restricts that to the owner of each file.
   *
   * @param path is not followed if it is a link
   * @param user whom to trust besides root
   * @return whether it is a link
   * @throws IOException if another user can; the message says why
   */
  public static boolean requireGuarded(Path path, int user) throws IOException {
    FileTrust found = new FileTrust(path);
    if (found.owner != ROOT && found.owner != user) {
      throw new IOException(path + " belongs to another user, UID " + found.owner);
    }
    if (!found.isLink && found.isWritableByOthers(user) && (found.mode & STICKY) == 0) {
      throw new IOException(path + " is writable by others and has no sticky bit");
    }
    return found.isLink;
  }

  /**
   * Makes sure that a directory is the user's and that no other user can add anything to it.
   *
   * @throws IOException if it is not; the message says why
   */
  public static void requirePrivate(Path directory, int user) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("it is not a directory");
    }
    FileTrust found = new FileTrust(directory);
    if (found.owner != user) {
      throw new IOException("it belongs to another user, UID " + found.owner);
    }
    if ((found.mode & (GROUP_WRITE | OTHERS_WRITE)) != 0) {
      throw new IOException("other users can write to it");
    }
  }

  private boolean isWritableByOthers(int user) throws IOException {
    return (mode & OTHERS_WRITE) != 0 || ((mode & GROUP_WRITE) != 0 && !isOwnGroup(user));
  }

  /** Whether its group is that of the user alone. */
  private boolean isOwnGroup(int user) throws IOException {
    if (owner != user || user == ROOT) {
      return false;
    }
    PosixFileAttributes names =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return names.group().getName().equals(names.owner().getName());
  }
}
