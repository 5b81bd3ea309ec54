/** Who is on this TCP port, in which state, and why does it not answer? */
@SuppressWarnings("requires-automatic") // jnr-ffi and commons-csv: optional, not yet modules
module io.tcptable {
  requires static org.jspecify;
  requires static com.sun.jna;
  requires static org.jnrproject.ffi;
  requires static info.picocli;
  requires static com.fasterxml.jackson.core;
  requires static org.apache.commons.csv;

  exports io.tcptable;
  exports io.tcptable.diagnose;
  exports io.tcptable.restart;

  opens io.tcptable.cli to
      info.picocli;
}
