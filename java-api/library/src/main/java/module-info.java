// SPDX-License-Identifier: Apache-2.0
/** Who is on this TCP port, in which state, and why does it not answer? */
// jnr-ffi is optional and not yet a module; io.tcptable.program is built after this one.
@SuppressWarnings({"requires-automatic", "module"})
module io.tcptable {
  requires static org.jspecify;
  requires static com.fasterxml.jackson.annotation;
  requires static com.sun.jna;
  requires static org.jnrproject.ffi;
  requires static jdk.jfr;

  // Of io.tcptable.natives, which so takes part in a run if it is there, and can be left out.
  uses java.util.function.Supplier;

  exports io.tcptable;
  exports io.tcptable.process;
  exports io.tcptable.health;
  exports io.tcptable.diagnose;
  exports io.tcptable.restart;
  exports io.tcptable.guard;
  exports io.tcptable.watch;
  exports io.tcptable.flight;
  exports io.tcptable.internal to
      io.tcptable.program;
  exports io.tcptable.internal.binding to
      io.tcptable.program;
  exports io.tcptable.internal.json to
      io.tcptable.program;
  exports io.tcptable.internal.metrics to
      io.tcptable.micrometer,
      io.tcptable.program,
      io.tcptable.spring;
  exports io.tcptable.internal.platform to
      io.tcptable.program;
  exports io.tcptable.internal.server to
      io.tcptable.program;
  exports io.tcptable.internal.wording to
      io.tcptable.program;
}
