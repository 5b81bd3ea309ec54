// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be used, for a line that names the file itself. */
public final class FileFailure {

  private FileFailure() {}

  /** The reason alone: the JDK's exceptions say little more than the path. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "something else is there";
    }
    if (e instanceof DirectoryNotEmptyException) {
      return "a directory is there";
    }
    String reason = e instanceof FileSystemException of ? of.getReason() : e.getMessage();
    return reason == null ? e.toString() : reason;
  }
}
