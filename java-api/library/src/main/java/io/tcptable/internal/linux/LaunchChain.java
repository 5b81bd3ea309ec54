// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.linux.process.ProcContext;
import io.tcptable.internal.platform.LaunchLine;
import io.tcptable.internal.platform.LaunchRequest;
import io.tcptable.process.ProcessLaunch.Context;
import io.tcptable.process.ProcessLaunch.Limit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Starts a program as another process was started: each program of the chain sets one thing and
 * runs the next one under the same PID. Limits and priority come first, as they may take root's
 * rights; then the user; then, with the rights of that user only, {@link LaunchScript the rest}.
 */
final class LaunchChain {

  private static final long ROOT = 0;
  private static final Path SELF = Path.of("/proc/self");
  private static final String UTIL_LINUX = "util-linux";
  private static final String UNLIMITED = "unlimited";

  private LaunchChain() {}

  /** The whole command line, for this process to run. */
  static LaunchLine of(LaunchRequest request) throws IOException {
    Context was =
        request.context().orElseThrow(() -> new IOException("its user and limits are not known"));
    Context own = ProcContext.of(SELF);
    List<String> words = new ArrayList<>();
    words.addAll(limits(was, own));
    words.addAll(priority(was, own));
    words.addAll(user(was, own));
    return LaunchScript.of(request, was.umask()).after(words);
  }

  private static List<String> limits(Context was, Context own) throws IOException {
    List<String> options = new ArrayList<>();
    for (Map.Entry<String, Limit> limit : was.limits().entrySet()) {
      Limit now = own.limits().get(limit.getKey());
      if (!limit.getValue().equals(now)) {
        if (own.user() != ROOT && (now == null || isHigher(limit.getValue(), now))) {
          throw new IOException(
              "its limit "
                  + limit.getKey()
                  + " is "
                  + limit.getValue().hard()
                  + ", more than this user may set: run it as root");
        }
        options.add("--" + limit.getKey() + "=" + limit.getValue());
      }
    }
    if (!options.isEmpty()) {
      options.add(0, TrustedTool.require("prlimit", UTIL_LINUX));
    }
    return options;
  }

  private static boolean isHigher(Limit one, Limit other) {
    return !other.hard().equals(UNLIMITED)
        && (one.hard().equals(UNLIMITED)
            || Long.compareUnsigned(
                    Long.parseUnsignedLong(one.hard()), Long.parseUnsignedLong(other.hard()))
                > 0);
  }

  private static List<String> priority(Context was, Context own) throws IOException {
    int difference = was.nice() - own.nice();
    if (difference < 0 && own.user() != ROOT) {
      throw new IOException(
          "its nice value is " + was.nice() + ", less than this user may set: run it as root");
    }
    return difference == 0
        ? List.of()
        : List.of(TrustedTool.require("nice", "coreutils"), "-n", Integer.toString(difference));
  }

  private static List<String> user(Context was, Context own) throws IOException {
    if (own.noNewPrivileges() && !was.noNewPrivileges()) {
      throw new IOException("this process may not gain privileges, but the server may");
    }
    boolean isSame =
        was.user() == own.user() && was.group() == own.group() && was.groups().equals(own.groups());
    List<String> options = new ArrayList<>();
    if (!isSame) {
      if (own.user() != ROOT) {
        throw new IOException("it runs as another user or with other groups: run it as root");
      }
      options.add("--reuid=" + was.user());
      options.add("--regid=" + was.group());
      options.add(
          was.groups().isEmpty()
              ? "--clear-groups"
              : "--groups="
                  + was.groups().stream().map(String::valueOf).collect(Collectors.joining(",")));
      if (was.user() != ROOT) {
        options.add("--inh-caps=-all");
      }
    }
    if (was.noNewPrivileges() && !own.noNewPrivileges()) {
      options.add("--no-new-privs");
    }
    if (!options.isEmpty()) {
      options.add(0, TrustedTool.require("setpriv", UTIL_LINUX));
    }
    return options;
  }
}
