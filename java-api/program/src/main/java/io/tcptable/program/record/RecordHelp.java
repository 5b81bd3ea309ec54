// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.record;

/** The last part of {@code tcptable record --help}. */
final class RecordHelp {

  private RecordHelp() {}

  static String[] text() {
    return """

        The port is diagnosed, then watched for TIME, then diagnosed again. Each line
        is one JSON object, and its schema says what it is:
          tcptable.recording/1   the first line: port, time, system, version
          tcptable.sample/1      each --interval: states, accept queues, owners
          tcptable.event/1       what happened to a socket
          tcptable.diagnosis/2   the diagnosis before and the one after
          tcptable.end/1         the last line: whether it is whole and, if not, why
        docs/JSON.md has their fields. Between two samples, at most 1,000 events of
        single connections are written; the sample counts all of them.

        Ctrl-C or an error ends the recording early. Each line is written at once, so
        that nothing is lost, even if the program is killed. Only this user can read
        FILE, and it must not exist before. It holds command lines as they are, with
        their secrets. The page of tcptable report masks them.

        Examples:
          tcptable record 3001 --to hang.jsonl
          tcptable record 3001 --for 10m --interval 5s | gzip > hang.jsonl.gz
          tcptable report --from hang.jsonl --html hang.html
        """
        .split("\n");
  }
}
