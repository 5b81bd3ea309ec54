// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A new directory that no other user can read, write to, or replace. Closing removes it and the
 * files in it.
 */
final class PrivateDirectory implements AutoCloseable {

  private static final String PREFIX = ".tcptable-";

  /** From making the directory to loading the library in it. */
  private static final Duration TIME_TO_LOAD = Duration.ofMinutes(5);

  private final Path path;

  private PrivateDirectory(Path path) {
    this.path = path;
  }

  /**
   * Makes one with an unguessable name; the kernel refuses a name that is taken, even by a link.
   *
   * @throws BindingException if another user could replace the directory or one above it
   * @throws IOException if it cannot be made
   */
  static PrivateDirectory in(Path parent) throws IOException {
    Path real = parent.toRealPath();
    Instant before = Instant.now().minus(TIME_TO_LOAD);
    if (!Files.getFileStore(real).supportsFileAttributeView(PosixFileAttributeView.class)) {
      // On Windows, where all in the directory for temporary files is the user's own.
      removeLeftBehind(real, before, left -> true);
      return new PrivateDirectory(Files.createDirectory(real.resolve(PREFIX + ownName())));
    }
    PrivateDirectory made =
        new PrivateDirectory(
            Files.createTempDirectory(
                real,
                PREFIX,
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rwx------"))));
    try {
      made.requireOnlyOursFrom(real);
      int user = attribute(made.path, "uid");
      removeLeftBehind(real, before, left -> attribute(left, "uid") == user);
      return made;
    } catch (IOException | RuntimeException e) {
      made.close();
      throw e;
    }
  }

  /**
   * A name that no other run has. It can be guessed: a random one takes the JVM a fifth of a second
   * on Windows, where it asks all network adapters for the first one.
   */
  private static String ownName() {
    return ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());
  }

  interface Ownership {
    boolean isOurs(Path directory) throws IOException;
  }

  /**
   * Removes this user's directories from before that time: a JVM leaves one behind that is killed
   * while it loads, and on Windows each one does, as what is loaded cannot be removed. For the same
   * reason, those in use stay there; elsewhere their files are loaded already.
   */
  static void removeLeftBehind(Path parent, Instant before, Ownership ownership) {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path directory : left) {
        BasicFileAttributes found =
            Files.readAttributes(directory, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (found.isDirectory()
            && found.lastModifiedTime().toInstant().isBefore(before)
            && ownership.isOurs(directory)) {
          new PrivateDirectory(directory).close();
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Another run may be removing them too. What is left, a later one removes.
    }
  }

  Path path() {
    return path;
  }

  private void requireOnlyOursFrom(Path parent) throws IOException {
    int user = attribute(path, "uid");
    try {
      for (@Nullable Path above = parent; above != null; above = above.getParent()) {
        FileTrust.requireGuarded(above, user);
      }
    } catch (IOException e) {
      throw new BindingException(String.valueOf(e.getMessage()));
    }
  }

  private static int attribute(Path path, String name) throws IOException {
    return ((Number) Files.getAttribute(path, "unix:" + name, LinkOption.NOFOLLOW_LINKS))
        .intValue();
  }

  /** Removes it with the files in it; what cannot be removed stays as private as it was. */
  @Override
  public void close() {
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
      Files.delete(path);
    } catch (IOException | UncheckedIOException e) {
      path.toFile().deleteOnExit();
    }
  }
}
