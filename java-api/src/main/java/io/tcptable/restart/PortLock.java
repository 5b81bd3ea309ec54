package io.tcptable.restart;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps two restarts of one port from getting in each other's way, whichever users run them. The
 * system lets go of it when this JVM ends, however it ends.
 *
 * <p>It is a lock on a file {@code tcptable-PORT.lock} in the directory for temporary files, which
 * all users share on Linux. The file stays: whoever removed it would let a third one in beside the
 * second. It stays empty, too, so that nothing of value can be overwritten through a planted link.
 */
final class PortLock implements AutoCloseable {

  /** A second lock in the same JVM would not wait, but break the first when its file is closed. */
  private static final Set<Integer> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final int port;
  private final FileChannel file;

  private PortLock(int port, FileChannel file) {
    this.port = port;
    this.file = file;
  }

  /**
   * Takes the lock of a port; empty if somebody else has it.
   *
   * @throws IOException if there can be no lock, such as for want of permission
   */
  static Optional<PortLock> tryTake(int port) throws IOException {
    if (!HELD_HERE.add(port)) {
      return Optional.empty();
    }
    Optional<PortLock> taken = Optional.empty();
    try {
      taken = lock(port, open(file(port)));
    } finally {
      if (taken.isEmpty()) {
        HELD_HERE.remove(port);
      }
    }
    return taken;
  }

  private static Optional<PortLock> lock(int port, FileChannel file) throws IOException {
    FileLock lock = null;
    try {
      lock = file.tryLock();
    } finally {
      if (lock == null) {
        file.close();
      }
    }
    return lock == null ? Optional.empty() : Optional.of(new PortLock(port, file));
  }

  static Path file(int port) {
    return Path.of(System.getProperty("java.io.tmpdir"), "tcptable-" + port + ".lock");
  }

  /** Opens the file without creating it if it is there: others may have made it. */
  private static FileChannel open(Path file) throws IOException {
    try {
      return openExisting(file);
    } catch (NoSuchFileException e) {
      create(file);
      return openExisting(file);
    }
  }

  private static FileChannel openExisting(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  private static void create(Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      return;
    }
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view != null) {
      view.setPermissions(PosixFilePermissions.fromString("rw-rw-rw-"));
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      // The system lets go of the lock either way.
    } finally {
      HELD_HERE.remove(port);
    }
  }
}
