// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.kernel;

import io.tcptable.internal.binding.FileTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Follows a path as the kernel does, see {@code path_resolution(7)}, but only through directories
 * and links that root or one user owns and that others cannot replace.
 */
public final class SafePath {

  /** As many as the kernel follows. */
  private static final int MOST_LINKS = 40;

  private final int user;
  private final Deque<Path> names = new ArrayDeque<>();
  private int links;

  private SafePath(int user) {
    this.user = user;
  }

  /**
   * Where a path leads to; what is missing at its end is taken as it is.
   *
   * @param path an absolute path
   * @param user whom to trust besides root
   * @throws IOException if another user could change where it leads; the message says why
   */
  public static Path resolve(Path path, int user) throws IOException {
    return new SafePath(user).follow(path);
  }

  private Path follow(Path path) throws IOException {
    Path at = path.getRoot();
    FileTrust.requireGuarded(at, user);
    push(path);
    while (!names.isEmpty()) {
      Path name = names.pop();
      Path next = name.toString().equals("..") ? parent(at) : at.resolve(name).normalize();
      try {
        at = FileTrust.requireGuarded(next, user) ? target(next) : next;
      } catch (NoSuchFileException e) {
        return missing(next);
      }
    }
    return at;
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  private void push(Path path) {
    for (int i = path.getNameCount() - 1; i >= 0; i--) {
      names.push(path.getName(i));
    }
  }

  /** Where the names of a link start. */
  private Path target(Path link) throws IOException {
    links++;
    if (links > MOST_LINKS) {
      throw new IOException(link + " is one of too many links");
    }
    Path target = Files.readSymbolicLink(link);
    push(target);
    return target.isAbsolute() ? target.getRoot() : parent(link);
  }

  private Path missing(Path first) {
    Path path = first;
    while (!names.isEmpty()) {
      path = path.resolve(names.pop());
    }
    return path.normalize();
  }
}
