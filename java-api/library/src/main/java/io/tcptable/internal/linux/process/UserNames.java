// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.procfs.TimeLimiter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names of the users that processes run as, each looked up once: that takes a read of {@code
 * /etc/passwd}, or a question to a directory service, which may not answer. They are those of one
 * moment, so an instance serves one question and is not kept.
 */
final class UserNames {

  private static final String UID = "unix:uid";

  /** To tell the name takes the lookup. */
  private static final String UID_AND_OWNER = "unix:uid,owner";

  /** Reads attributes of a file. */
  interface Attributes {
    Map<String, Object> of(Path file, String names) throws IOException;
  }

  private final Attributes attributes;
  private final Map<Object, String> names = new ConcurrentHashMap<>();

  UserNames() {
    this(Files::readAttributes);
  }

  UserNames(Attributes attributes) {
    this.attributes = attributes;
  }

  /** That of a process, to which its directory belongs; the number if it has none. */
  String of(Path process) throws IOException {
    String known = names.get(attributes.of(process, UID).get("uid"));
    return known != null ? known : TimeLimiter.shared().call(process, () -> lookUp(process));
  }

  private String lookUp(Path process) throws IOException {
    // Both of one look: the PID may be another's by now.
    Map<String, Object> both = attributes.of(process, UID_AND_OWNER);
    String name = ((UserPrincipal) Objects.requireNonNull(both.get("owner"))).getName();
    names.put(Objects.requireNonNull(both.get("uid")), name);
    return name;
  }
}
