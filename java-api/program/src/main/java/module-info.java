// SPDX-License-Identifier: Apache-2.0
/** The program {@code tcptable}: the library's answers on a terminal, as JSON and as CSV. */
@SuppressWarnings("requires-automatic") // JLine names its module in the manifest.
module io.tcptable.program {
  requires io.tcptable;
  requires static org.jspecify;
  requires info.picocli;
  requires org.jline.terminal;
  requires jdk.httpserver;

  opens io.tcptable.program to
      info.picocli;
}
