package io.tcptable.internal.table;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Tells more of one process, read at the moment of asking. Empty if it is gone, if its PID belongs
 * to another process by now, or if this user may not know.
 */
public interface ProcessSource {

  boolean isAlive(ProcessIdentity process);

  Optional<List<String>> commandLine(ProcessIdentity process);

  Optional<String> user(ProcessIdentity process);

  Optional<Path> workingDirectory(ProcessIdentity process);
}
