// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import java.nio.file.Path;
import java.util.List;

/** Which network namespace the arguments of {@code slirp4netns(1)} name: {@code PID|PATH [TAP]}. */
final class SlirpArguments {

  private static final String TYPE = "--netns-type";

  private SlirpArguments() {}

  static ForwardPlace place(List<String> words) {
    boolean isPath =
        words.contains(TYPE + "=path")
            || (words.contains(TYPE) && words.indexOf("path") == words.indexOf(TYPE) + 1);
    return words.subList(Math.max(1, words.size() - 2), words.size()).stream()
        .filter(word -> isPath ? word.startsWith("/") : word.matches("[0-9]{1,9}"))
        .findFirst()
        .<ForwardPlace>map(
            word ->
                isPath
                    ? new ForwardPlace.OfFile(Path.of(word))
                    : new ForwardPlace.OfProcess(Long.parseLong(word)))
        .orElseGet(ForwardPlace.OtherMachine::new);
  }
}
