package io.tcptable.internal.linux;

import io.tcptable.internal.table.ProcessIdentity;
import io.tcptable.internal.table.ProcessSource;
import io.tcptable.internal.table.SourceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** More about one process, by plain reads of {@code /proc/PID}, see {@code proc_pid(5)}. */
final class LinuxProcesses implements ProcessSource {

  /** How file names and arguments are encoded: as the user's locale says. */
  private static final Charset NATIVE =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  /**
   * What the kernel says of a process; empty if it is gone.
   *
   * @throws IOException if it is there, but the system ran short while reading
   */
  static Optional<ProcStat> stat(int pid) throws IOException {
    try {
      byte[] line = Files.readAllBytes(directory(pid).resolve("stat"));
      return Optional.of(new ProcStat(ByteBuffer.wrap(line), line.length))
          .filter(ProcStat::isComplete);
    } catch (IOException e) {
      if (isGone(pid)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  static Optional<ProcessIdentity> identify(int pid) throws IOException {
    return stat(pid).map(stat -> stat.identity(pid));
  }

  static boolean isGone(int pid) {
    return !Files.exists(directory(pid));
  }

  @Override
  public boolean isAlive(ProcessIdentity process) {
    try {
      return identify(process.pid()).filter(now -> now.start() == process.start()).isPresent();
    } catch (IOException e) {
      throw new SourceException("/proc", "looking at a process: " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<List<String>> commandLine(ProcessIdentity process) {
    return read(
        process,
        directory -> {
          String arguments = new String(Files.readAllBytes(directory.resolve("cmdline")), NATIVE);
          return List.of(arguments.split("\0"));
        });
  }

  @Override
  public Optional<String> user(ProcessIdentity process) {
    return read(process, directory -> Files.getOwner(directory).getName());
  }

  @Override
  public Optional<Path> workingDirectory(ProcessIdentity process) {
    return read(process, directory -> Files.readSymbolicLink(directory.resolve("cwd")));
  }

  private interface Reading<T> {
    T of(Path directory) throws IOException;
  }

  /** Trusts what it read only if the PID still belongs to the same process afterwards. */
  private <T> Optional<T> read(ProcessIdentity process, Reading<T> reading) {
    try {
      T value = reading.of(directory(process.pid()));
      return isAlive(process) ? Optional.of(value) : Optional.empty();
    } catch (IOException e) {
      // Gone, or not for this user to know.
      return Optional.empty();
    }
  }

  private static Path directory(int pid) {
    return Path.of("/proc", Integer.toString(pid));
  }
}
