// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.linux.procfs.ProcDirectory;
import io.tcptable.internal.linux.procfs.ProcLink;
import io.tcptable.internal.linux.procfs.ProcSelf;
import io.tcptable.internal.linux.procfs.TimeLimiter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A file that keeps a network namespace: the namespace is mounted on it, for some mount namespaces
 * only. Those of this user's processes are tried, each once.
 */
record NamespaceFile(Path proc, Path file) {

  /** The number of the namespace; empty if none of these processes sees one there. */
  OptionalLong number() throws IOException {
    Object kind = attribute(proc.resolve("self/ns/net"), "dev");
    OptionalLong[] found = {number(file, kind)};
    Set<Long> tried = new HashSet<>();
    tried.add(ProcLink.number(proc.resolve("self/ns/mnt")));
    long self = ProcSelf.uid();
    ProcDirectory.visitProcesses(
        proc,
        process -> {
          if (found[0].isEmpty() && isOf(self, process) && tried.add(mounts(process))) {
            found[0] = number(process.resolve("root" + file), kind);
          }
          return found[0].isEmpty();
        });
    return found[0];
  }

  private static long mounts(Path process) {
    return ProcLink.number(process.resolve("ns/mnt"));
  }

  private static boolean isOf(long user, Path process) {
    try {
      return ((Number) attribute(process, "uid")).longValue() == user;
    } catch (IOException e) {
      // It has ended.
      return false;
    }
  }

  /** A file system that does not answer may be in the way. */
  private static OptionalLong number(Path file, Object kind) {
    try {
      return TimeLimiter.shared()
          .call(
              file,
              () ->
                  attributeOfItself(file, "dev").equals(kind)
                      ? OptionalLong.of((Long) attributeOfItself(file, "ino"))
                      : OptionalLong.empty());
    } catch (IOException e) {
      // It is not there, or this user may not look there.
      return OptionalLong.empty();
    }
  }

  private static Object attribute(Path file, String name) throws IOException {
    return Files.getAttribute(file, "unix:" + name);
  }

  private static Object attributeOfItself(Path file, String name) throws IOException {
    return Files.getAttribute(file, "unix:" + name, LinkOption.NOFOLLOW_LINKS);
  }
}
