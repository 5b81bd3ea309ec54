// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.Platform;
import io.tcptable.process.ProcessPlacement;
import io.tcptable.restart.Refusal.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two restarts of one port from getting in each other's way. The system lets go of it when
 * this JVM ends, however it ends.
 *
 * <p>What every user may lock, every user could keep locked for ever. So each has a file of locks
 * that is out of the others' reach, see {@link Platform#lockDirectory()}, and heeds besides what
 * root {@linkplain LockHolder announces}. Nobody else needs to be heeded: other users may not stop
 * what this one runs. Nor does root heed them, since it may: who is second on the port then finds
 * it taken, and says so.
 *
 * <p>A port is one of a network namespace, so in another one it is another lock. In the file, each
 * port of each namespace is a byte.
 */
final class PortLock implements AutoCloseable {

  private static final int PORT_BITS = 16;

  /** One for all locks of this JVM: closing any lets go of all, see {@code fcntl_locking(2)}. */
  private static @Nullable FileChannel shared;

  private static int held;

  private final FileLock lock;
  private final LockHolder holder;

  private PortLock(FileLock lock, LockHolder holder) {
    this.lock = lock;
    this.holder = holder;
  }

  /**
   * Takes the lock of a port.
   *
   * @throws StepException if somebody else has it
   * @throws IOException if there can be no lock, such as for want of permission
   */
  static PortLock take(int port) throws StepException, IOException {
    long namespace = networkNamespace();
    String name = port + "-" + namespace + ".pid";
    Path directory = Platforms.current().lockDirectory();
    Optional<Path> superusers =
        Platforms.current().superuserLocks().filter(there -> !there.equals(directory));
    if (superusers.isPresent()) {
      Optional<OsProcess> root = new LockHolder(superusers.get().resolve(name)).read();
      if (root.isPresent()) {
        throw busy(port, root);
      }
    }
    LockHolder holder = new LockHolder(directory.resolve(name));
    FileLock lock = lock(directory, (namespace << PORT_BITS) + port);
    if (lock == null) {
      throw busy(port, holder.await());
    }
    PortLock taken = new PortLock(lock, holder);
    boolean announced = false;
    try {
      holder.announce();
      announced = true;
      return taken;
    } finally {
      if (!announced) {
        taken.close();
      }
    }
  }

  private static StepException busy(int port, Optional<OsProcess> holder) {
    String who =
        holder
            .map(owner -> ": " + owner + owner.user().map(user -> " of " + user).orElse(""))
            .orElse("");
    return new StepException(
        Refusal.hint(
            Kind.BUSY,
            "another restart of port " + port + " is running" + who,
            "Wait until it is done, then look at the port again."));
  }

  /** Its number; 0 where there are none. */
  private static long networkNamespace() {
    return OsProcess.of(ProcessHandle.current().pid())
        .flatMap(OsProcess::placement)
        .map(ProcessPlacement::networkNamespace)
        .orElse(OptionalLong.empty())
        .orElse(0);
  }

  /** Locks one byte; null if somebody else has. */
  private static synchronized @Nullable FileLock lock(Path directory, long position)
      throws IOException {
    FileChannel channel = shared == null ? open(directory.resolve("lock")) : shared;
    FileLock lock = null;
    try {
      lock = channel.tryLock(position, 1, false);
    } catch (OverlappingFileLockException e) {
      // Another thread of this JVM has.
    } finally {
      if (lock == null && held == 0) {
        channel.close();
      }
    }
    if (lock != null) {
      shared = channel;
      held++;
    }
    return lock;
  }

  private static FileChannel open(Path file) throws IOException {
    FileAttribute<?>[] mode =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        mode);
  }

  @Override
  public void close() {
    if (lock.isValid()) {
      holder.withdraw();
      unlock(lock);
    }
  }

  private static synchronized void unlock(FileLock lock) {
    held--;
    FileChannel channel = shared;
    try {
      if (held > 0 || channel == null) {
        lock.release();
      } else {
        shared = null;
        channel.close();
      }
    } catch (IOException e) {
      // The system lets go of the lock either way.
    }
  }
}
