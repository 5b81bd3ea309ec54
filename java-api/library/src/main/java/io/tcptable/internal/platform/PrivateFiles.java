// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and directories that are made for this user alone, where the system knows permissions. */
public final class PrivateFiles {

  private PrivateFiles() {}

  /** Of a directory that is made there. */
  public static FileAttribute<?>[] directoryMode(Path place) {
    return mode(place, "rwx------");
  }

  /** Of a file that is made there. */
  public static FileAttribute<?>[] fileMode(Path place) {
    return mode(place, "rw-------");
  }

  /**
   * Makes an empty file, unless there is one.
   *
   * @throws IOException if it cannot be made, or something else comes there meanwhile, be it a link
   */
  public static void make(Path file) throws IOException {
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      Files.newByteChannel(
              file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), fileMode(file))
          .close();
    }
  }

  private static FileAttribute<?>[] mode(Path place, String permissions) {
    return place.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
