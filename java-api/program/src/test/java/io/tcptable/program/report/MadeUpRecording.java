// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import io.tcptable.program.foreign.Secrets;
import java.time.Instant;

/** Lines of recordings that never were. */
final class MadeUpRecording {

  static final Instant BEGIN = Instant.parse("2026-11-27T21:00:00Z");

  static final String HEADER =
      """
      {"schema":"tcptable.recording/1","port":3001,"startedAt":"2026-11-27T21:00:00.000Z",\
      "zone":"Europe/Berlin","intervalMillis":1000,"program":"0","java":"17","system":"Linux",\
      "processors":2}""";

  private MadeUpRecording() {}

  static RecordedPort of(String... lines) {
    RecordedPort recorded = new RecordedPort();
    for (String line : lines) {
      recorded.line(line);
    }
    return recorded;
  }

  static String page(RecordedPort recorded) {
    return new ReportPage(recorded, Secrets.of(false)).text();
  }

  static String sample(long second, long established, long waiting) {
    return """
        {"schema":"tcptable.sample/1","at":"%s","states":{"LISTEN":1,"ESTABLISHED":%d},\
        "listeners":[{"local":{"address":"127.0.0.1","port":3001},"waiting":%d,"limit":16}],\
        "owners":[{"pid":7,"startedAt":"2026-11-27T20:00:00.000Z","name":"srv","sockets":1}],\
        "opened":3,"accepted":3,"closed":1}"""
        .formatted(BEGIN.plusSeconds(second), established, waiting);
  }

  static String listenerOpened(long second, String owner) {
    return """
        {"schema":"tcptable.event/1","event":"listener_opened","at":"%s","socket":{"key":"cookie 1",\
        "local":{"address":"127.0.0.1","port":3001},"remote":{"address":"0.0.0.0","port":0},\
        "owners":[{"pid":7,"startedAt":"2026-11-27T20:00:00.000Z","name":"%s"}]}}"""
        .formatted(BEGIN.plusSeconds(second), owner);
  }

  static String end(long second, String reason, String message) {
    return """
        {"schema":"tcptable.end/1","at":"%s","reason":"%s","message":"%s"}"""
        .formatted(BEGIN.plusSeconds(second), reason, message);
  }

  static String opened(long second, long cookie) {
    return """
        {"schema":"tcptable.event/1","event":"opened","at":"%s","socket":{"key":"cookie %d"}}"""
        .formatted(BEGIN.plusSeconds(second), cookie);
  }

  /** With one finding, one owner and one connection, all of them of this name. */
  static String diagnosis(long second, String verdict, String name) {
    return """
        {"schema":"tcptable.diagnosis/2","port":3001,"takenAt":"%1$s","verdict":"%2$s",\
        "headline":"Port 3001: %3$s.","findings":[{"code":"NOT_READING","severity":"critical",\
        "confidence":"certain","pids":[7],"seen":"%3$s","evidence":{"%3$s":"%3$s"},\
        "meaning":"%3$s","advice":[{"kind":"command","text":"tcptable restart 3001 -- %3$s"},\
        {"kind":"hint","text":"%3$s"}]}],"health":{"url":"http://%3$s/","outcome":"REFUSED",\
        "attempts":[{"address":"::1","port":3001,"outcome":"REFUSED","detail":"%3$s"}]},\
        "processes":[{"pid":7,"startedAt":"2026-11-27T20:00:00.000Z","name":"%3$s","owner":true,\
        "user":"%3$s","commandLine":["%3$s","--password","hunter2"]}],"sockets":[{"local":\
        {"address":"127.0.0.1","port":3001},"remote":{"address":"%3$s","port":5},"cookie":44,\
        "state":"ESTABLISHED","ownership":"owned","owners":[{"pid":7,"name":"%3$s"}],"detail":\
        {"roundTripMicros":250,"lastReceivedMillis":500}}]}"""
        .formatted(BEGIN.plusSeconds(second), verdict, name);
  }
}
