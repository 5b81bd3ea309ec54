// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import io.tcptable.process.NetworkNamespace;
import java.util.List;

/**
 * Which network namespaces sockets were read from.
 *
 * @param namespaces in the order of their numbers in the columns, 0 first
 * @param unseen how many more there are whose sockets this user may not see
 * @param unplaced how many processes there are of which this user may not know the namespace: they
 *     may be in further ones
 */
public record NamespaceLook(List<NetworkNamespace> namespaces, int unseen, int unplaced) {

  /** Nobody asked for namespaces. */
  public static final NamespaceLook NONE = new NamespaceLook(List.of(), 0, 0);

  private static final int[] NO_NUMBERS = {};

  public NamespaceLook {
    namespaces = List.copyOf(namespaces);
  }

  /** Which number each of them has in another look; below zero for one that is not there. */
  public int[] numbersIn(NamespaceLook other) {
    if (namespaces.isEmpty()) {
      return NO_NUMBERS;
    }
    List<Long> inodes = other.namespaces.stream().map(NetworkNamespace::inode).toList();
    return namespaces.stream().mapToInt(it -> inodes.indexOf(it.inode())).toArray();
  }
}
