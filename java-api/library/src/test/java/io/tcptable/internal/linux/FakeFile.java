// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.linux.kernel.Errno;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a descriptor of the fake kernel leads to; each kind answers the calls made for it. */
public interface FakeFile {

  int ENOTDIR = 20;
  int ENOTSOCK = 88;

  String path();

  /** Null if there is nothing of this name. */
  default @Nullable FakeFile open(String name) {
    return null;
  }

  default int entries(ByteBuffer into) {
    return -ENOTDIR;
  }

  default int link(String name, ByteBuffer target) {
    return -Errno.ENOENT;
  }

  default int read(ByteBuffer into) {
    return -Errno.EINVAL;
  }

  default int set(int level, int option, ByteBuffer value) {
    return -ENOTSOCK;
  }

  default int send(ByteBuffer message) {
    return -ENOTSOCK;
  }

  default int receive(ByteBuffer message, int flags, ByteBuffer sender, ByteBuffer senderLength) {
    return -ENOTSOCK;
  }
}
