// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.OsProcess;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.FileFailure;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.platform.PrivateFiles;
import io.tcptable.process.ProcessPlacement;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two restarts, or two guards, of one port from getting in each other's way. The system lets
 * go of it when this JVM ends, however it ends.
 *
 * <p>A lock that every user could take, every user could keep for ever. So each user has lock files
 * that are out of the others' reach, see {@link Platform#lockDirectory()}, and heeds besides what
 * root {@linkplain LockHolder announces}. No other user needs to be heeded: they may not stop what
 * this one runs. Nor does root heed them: who is second on the port then finds it taken, and says
 * so.
 *
 * <p>A port is one of a network namespace, so in another one it has another file. The addresses of
 * a port have one lock together: a wildcard overlaps with the others, and who is second can try
 * again.
 */
public final class PortLock implements AutoCloseable {

  /** What a port is locked for; the locks of two purposes do not exclude each other. */
  public enum Purpose {
    /** One run that stops or starts a server. */
    RESTART(
        "lock-",
        "",
        "another restart of port ",
        "Wait until it is done, then look at the port again."),
    /** Watching the server for as long as it runs. */
    GUARD(
        "guard-",
        "guard-",
        "another guard of port ",
        "Stop it first; one guard of a port is enough.");

    private final String lockPrefix;
    private final String holderPrefix;
    private final String busy;
    private final String advice;

    Purpose(String lockPrefix, String holderPrefix, String busy, String advice) {
      this.lockPrefix = lockPrefix;
      this.holderPrefix = holderPrefix;
      this.busy = busy;
      this.advice = advice;
    }

    private Path lock(Path directory, String name) {
      return directory.resolve(lockPrefix + name);
    }

    private LockHolder holder(Path directory, String name) {
      return new LockHolder(directory.resolve(holderPrefix + name + ".pid"));
    }
  }

  /** What this JVM has locked: to close a second channel of a file would unlock it, fcntl(2). */
  private static final Set<Path> LOCKED = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private final LockHolder holder;

  private PortLock(Path file, FileChannel channel, LockHolder holder) {
    this.file = file;
    this.channel = channel;
    this.holder = holder;
  }

  /**
   * Takes the lock of a port.
   *
   * @throws PortLockException if another process has it, or there can be none, such as for want of
   *     permission
   */
  public static PortLock take(Purpose purpose, int port) throws PortLockException {
    String name = name(port);
    Path directory = directory(port);
    heedSuperuser(purpose, port, name, directory);
    LockHolder holder = purpose.holder(directory, name);
    Path file = purpose.lock(directory, name);
    if (!LOCKED.add(file)) {
      throw busy(purpose, port, holder.await());
    }
    FileChannel channel = null;
    String doing = "opened";
    boolean taken = false;
    try {
      channel = open(file);
      doing = "locked";
      if (!lock(channel)) {
        throw busy(purpose, port, holder.await());
      }
      doing = "written";
      holder.announce();
      taken = true;
      return new PortLock(file, channel, holder);
    } catch (IOException e) {
      Path failed = doing.equals("written") ? holder.file() : file;
      throw unusable(
          "the lock file " + failed + " of port " + port + " cannot be " + doing + ": ",
          e,
          "Let this user write to " + directory + ".");
    } finally {
      if (!taken) {
        release(file, channel);
      }
    }
  }

  /**
   * Who has the lock of a port now, as far as this user heeds it; empty if it is not taken. Takes
   * nothing.
   */
  public static Optional<String> holder(Purpose purpose, int port) {
    String name = name(port);
    return superuserHolder(purpose, name, any -> true)
        .or(
            () -> {
              try {
                return purpose.holder(Platforms.current().lockDirectory(), name).read();
              } catch (IOException e) {
                // Without a directory nobody of this user has one.
                return Optional.empty();
              }
            });
  }

  /**
   * What root announces.
   *
   * @param isHeeded of the directory of root's locks
   */
  private static Optional<String> superuserHolder(
      Purpose purpose, String name, Predicate<Path> isHeeded) {
    return Platforms.current()
        .superuserLocks()
        .filter(isHeeded)
        .flatMap(there -> purpose.holder(there, name).read());
  }

  private static String name(int port) {
    return port + "-" + networkNamespace();
  }

  private static Path directory(int port) throws PortLockException {
    try {
      return Platforms.current().lockDirectory();
    } catch (IOException e) {
      throw unusable(
          "the lock of port " + port + " cannot be taken: ",
          e,
          "Let this user write to one of these directories.");
    }
  }

  private static PortLockException unusable(String what, IOException e, String advice) {
    return new PortLockException(false, what + FileFailure.reason(e), advice);
  }

  private static void heedSuperuser(Purpose purpose, int port, String name, Path own)
      throws PortLockException {
    Optional<String> root = superuserHolder(purpose, name, there -> !there.equals(own));
    if (root.isPresent()) {
      throw busy(purpose, port, root);
    }
  }

  private static PortLockException busy(Purpose purpose, int port, Optional<String> holder) {
    return new PortLockException(
        true,
        purpose.busy + port + " is running" + holder.map(who -> ": " + who).orElse(""),
        purpose.advice);
  }

  /** Its number; 0 where there are none. */
  private static long networkNamespace() {
    return OsProcess.of(ProcessHandle.current().pid())
        .flatMap(OsProcess::placement)
        .map(ProcessPlacement::networkNamespace)
        .orElse(OptionalLong.empty())
        .orElse(0);
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        PrivateFiles.fileMode(file));
  }

  /** Whether nobody else has. */
  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Another copy of this class in this JVM has.
      return false;
    }
  }

  @Override
  public void close() {
    if (channel.isOpen()) {
      holder.withdraw();
      release(file, channel);
    }
  }

  private static void release(Path file, @Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The system lets go of the lock either way.
    } finally {
      LOCKED.remove(file);
    }
  }
}
