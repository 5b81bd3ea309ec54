// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.linux.kernel.SafePath;
import io.tcptable.internal.linux.procfs.ProcSelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** A file that this user may write to although other users can write to the directory. */
final class OwnFile {

  private static final int WRITABLE_BY_OTHERS = 0022;

  private OwnFile() {}

  /**
   * Makes sure that a file is regular and this user's, or is missing, and that no other user can
   * put something else in its place.
   */
  static void require(Path file) throws IOException {
    require(file, ProcSelf.uid());
  }

  /** The same for a user. */
  static void require(Path file, int user) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path parent = absolute.getParent();
    Path directory = SafePath.resolve(parent == null ? absolute : parent, user);
    Map<String, Object> found;
    try {
      // Neither opened nor followed: opening a pipe would wait for its reader.
      found =
          Files.readAttributes(absolute, "unix:uid,nlink,isRegularFile", LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return;
    }
    if (!Boolean.TRUE.equals(found.get("isRegularFile"))) {
      throw new IOException("it is not a regular file");
    }
    if (!Integer.valueOf(user).equals(found.get("uid"))) {
      throw new IOException("it belongs to another user, UID " + found.get("uid"));
    }
    int mode = (Integer) Files.getAttribute(directory, "unix:mode");
    if ((mode & WRITABLE_BY_OTHERS) != 0 && !Integer.valueOf(1).equals(found.get("nlink"))) {
      throw new IOException("it is a hard link in a directory that other users can write to");
    }
  }
}
