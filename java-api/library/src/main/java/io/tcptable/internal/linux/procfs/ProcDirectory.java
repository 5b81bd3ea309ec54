// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.procfs;

import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Lists the directories of {@code /proc}, one entry after the other and never as a whole. */
public final class ProcDirectory {

  /** What is done with an entry. */
  @FunctionalInterface
  public interface Visitor {

    /** Takes an entry, and returns whether to go on. */
    boolean visit(Path entry) throws IOException;
  }

  private ProcDirectory() {}

  /** Visits all entries. */
  public static void visit(Path directory, Visitor visitor) throws IOException {
    visit(directory, "*", visitor);
  }

  /** Visits those of all processes that are shown to this user. */
  public static void visitProcesses(Path proc, Visitor visitor) throws IOException {
    visit(proc, "[1-9]*", visitor);
  }

  private static void visit(Path directory, String glob, Visitor visitor) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
      for (Path entry : entries) {
        if (!visitor.visit(entry)) {
          return;
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** The PID that a process's directory is named after. */
  public static int pid(Path process) {
    return Integer.parseInt(process.getFileName().toString());
  }

  /**
   * Whether nothing of a process shows but its PID, as under {@code hidepid} in {@code proc(5)}.
   */
  public static boolean isHidden(Path process) {
    if (!isRefused(process)) {
      return false;
    }
    // One that ends at this very moment is refused too, but only once.
    return isRefused(process);
  }

  private static boolean isRefused(Path process) {
    try {
      process.getFileSystem().provider().checkAccess(process, AccessMode.READ);
      return false;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
