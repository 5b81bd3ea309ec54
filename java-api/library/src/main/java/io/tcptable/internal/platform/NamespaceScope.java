// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

/**
 * In which network namespaces sockets are wanted.
 *
 * @param all whether in all of them
 * @param pid the process in whose namespace they are wanted; 0 for the one of the calling thread
 */
public record NamespaceScope(boolean all, int pid) {

  /** That of the calling thread, where nobody asks for its name. */
  public static final NamespaceScope OWN = new NamespaceScope(false, 0);

  /** All that can be seen. */
  public static final NamespaceScope ALL = new NamespaceScope(true, 0);

  /** Whether it is the one of the calling thread. */
  public boolean isOwn() {
    return !all && pid == 0;
  }

  /** That of a process. */
  public static NamespaceScope of(int pid) {
    return new NamespaceScope(false, pid);
  }
}
