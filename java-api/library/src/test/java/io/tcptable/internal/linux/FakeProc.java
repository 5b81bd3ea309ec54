// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The {@code /proc} of the fake kernel: processes that come and go, and what else stands there. */
public final class FakeProc {

  private static final String PATH = "/proc";

  private final NavigableMap<Integer, FakeProcess> processes = new ConcurrentSkipListMap<>();
  private long lastStart = 1000;

  /** Starts a process, later than all before it. */
  public synchronized FakeProcess start(int pid, String name) {
    lastStart += 100;
    FakeProcess process = new FakeProcess(pid, name, lastStart);
    if (processes.put(pid, process) != null) {
      throw new AssertionError("PID " + pid + " is taken");
    }
    return process;
  }

  /** Ends a process; what was opened of it before stays bound to it, as in the real one. */
  public void end(int pid) {
    FakeProcess process = processes.remove(pid);
    if (process == null) {
      throw new AssertionError("no process " + pid);
    }
    process.end();
  }

  FakeFile parent() {
    return new FakeFile() {
      @Override
      public String path() {
        return "";
      }

      @Override
      public @Nullable FakeFile open(String name) {
        return name.equals(PATH) ? new Directory() : null;
      }
    };
  }

  private final class Directory implements FakeFile {

    private final DirectoryEntries entries = new DirectoryEntries(names());

    private List<String> names() {
      List<String> names = new ArrayList<>(List.of("net", "self", "uptime", "1st"));
      processes.keySet().forEach(pid -> names.add(pid.toString()));
      return names;
    }

    @Override
    public String path() {
      return PATH;
    }

    @Override
    public int entries(ByteBuffer into) {
      return entries.writeTo(into);
    }

    @Override
    public @Nullable FakeFile open(String name) {
      int slash = name.indexOf('/');
      FakeProcess process = processes.get(Integer.parseInt(name, 0, slash, 10));
      return process == null ? null : process.open(PATH + "/" + name, name.substring(slash + 1));
    }
  }
}
