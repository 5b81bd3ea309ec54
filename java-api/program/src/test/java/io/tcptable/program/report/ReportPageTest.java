// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import static io.tcptable.program.report.MadeUpRecording.HEADER;
import static io.tcptable.program.report.MadeUpRecording.diagnosis;
import static io.tcptable.program.report.MadeUpRecording.listenerOpened;
import static io.tcptable.program.report.MadeUpRecording.opened;
import static io.tcptable.program.report.MadeUpRecording.page;
import static io.tcptable.program.report.MadeUpRecording.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.program.foreign.Secrets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportPageTest {

  private static final Pattern PATH = Pattern.compile(" d=\"([^\"]*)\"");
  private static final Pattern STEP = Pattern.compile("([MHV ])(-?[0-9.]+)");

  @Test
  void aWholeRecordingIsOnThePage() {
    String page =
        page(
            MadeUpRecording.of(
                HEADER,
                diagnosis(0, "HEALTHY", "srv"),
                sample(1, 4, 0),
                listenerOpened(2, "second"),
                sample(3, 4, 9),
                diagnosis(4, "HANGING", "srv")));

    assertThat(page)
        .contains(
            "<title>Port 3001: HANGING, 2026-11-27 22:00:04 +01:00</title>",
            "HEALTHY at 2026-11-27 22:00:00 +01:00",
            "<code>tcptable restart 3001 -- srv</code>",
            "Accept queue of 127.0.0.1:3001",
            "at most 9, limit 16",
            "11-27 22:00:02.000</td>",
            "a listener opened",
            "second(7)",
            "Slowest connections",
            "Times are in the zone Europe/Berlin.")
        .doesNotContain("interrupted");
    assertThat(page).doesNotContainIgnoringCase("<script").doesNotContain("<link", "url(", "href=");
  }

  @Test
  void aHostileNameIsTextWhereverItStands() {
    String name =
        "</style></code><script>alert(1)</script><img src=x onerror=y>'\\\" &amp; \\u202e\\u0007";
    String page =
        page(
            MadeUpRecording.of(
                HEADER
                    .replace("Linux", name)
                    .replace("\"java\":\"17\"", "\"java\":\"" + name + "\""),
                diagnosis(0, name, name),
                sample(1, 4, 0).replace("srv", name).replace("127.0.0.1", name),
                listenerOpened(2, name),
                "{\"schema\":\"tcptable.event/1\",\"event\":\"" + name + "\"}",
                "{\"schema\":\"tcptable.guard/1\",\"event\":\""
                    + name
                    + "\",\"message\":\""
                    + name
                    + "\"}",
                "{\"schema\":\"tcptable.restart/1\",\"command\":\""
                    + name
                    + "\",\"steps\":[{\"step\":\""
                    + name
                    + "\",\"detail\":\""
                    + name
                    + "\"}]}",
                MadeUpRecording.end(3, name, name)));

    assertThat(page.split("<script|<img|</style></code>", -1)).hasSize(1);
    assertThat(page).contains("&lt;script&gt;alert(1)&lt;/script&gt;");
    assertThat(page.chars().filter(c -> (c < ' ' && c != '\n') || c == 0x202e)).isEmpty();
    assertThat(page.replaceAll("\"[^\"<>]*\"", "")).doesNotContainPattern("<[^>]*onerror");
    assertThat(page.split("</style>", -1)).hasSize(2);
  }

  @Test
  void secretsAreMaskedUnlessAskedFor() {
    RecordedPort recorded =
        MadeUpRecording.of(HEADER, diagnosis(0, "HANGING", "curl -u me:hunter3"));

    assertThat(page(recorded))
        .doesNotContain("hunter")
        .contains("--password ***", "me:***", "What looks like a secret is masked as ***.");
    assertThat(new ReportPage(recorded, Secrets.of(true)).text())
        .contains("--password hunter2", "me:hunter3");
  }

  @Test
  void aRecordingWithoutADiagnosisIsAPage() {
    assertThat(page(MadeUpRecording.of(HEADER)))
        .contains("There is no diagnosis.", "<title>Port 3001, 2026-11-27 22:00:00 +01:00</title>");
  }

  private static String ended(String... last) {
    RecordedPort recorded =
        MadeUpRecording.of(HEADER, diagnosis(0, "HANGING", "srv"), sample(1, 1, 1));
    Stream.of(last).forEach(recorded::line);
    return page(recorded);
  }

  @Test
  void aPageSaysHowItsRecordingEnded() {
    assertThat(ended())
        .contains(
            "<dd>cut off: the program was killed, or could not write on. The verdict is the one"
                + " from before it.</dd>");
    assertThat(ended(MadeUpRecording.end(2, "interrupted", "")))
        .contains("<dd>interrupted at 22:00:02. The verdict is the one from before it.</dd>");
    assertThat(ended(MadeUpRecording.end(2, "failed", "socket failed with <EMFILE>")))
        .contains(
            "<dd>ended early at 22:00:02: socket failed with &lt;EMFILE&gt;. The verdict is"
                + " the one from before it.</dd>");
    assertThat(ended(diagnosis(2, "HANGING", "srv"), MadeUpRecording.end(3, "complete", "")))
        .doesNotContain("cut off", "interrupted", "ended early", "from before");
    // Of two recordings, the first one was killed.
    assertThat(ended(HEADER, MadeUpRecording.end(3, "complete", ""))).contains("<dd>cut off:");
  }

  @Test
  void oneSampleIsAPicture() {
    String page = page(MadeUpRecording.of(HEADER, sample(1, 4, 9)));

    assertThat(page).contains("<svg class=\"chart\"", "d=\"M0 0H1000V100H0Z\"");
    isWithinItsBox(page);
  }

  @Test
  void aSampleOfNothingIsAPictureToo() {
    String page =
        page(
            MadeUpRecording.of(
                HEADER,
                "{\"schema\":\"tcptable.sample/1\",\"at\":\"2026-11-27T21:00:00Z\"}",
                "{\"schema\":\"tcptable.sample/1\",\"at\":\"2026-11-27T21:00:01Z\"}"));

    assertThat(page).contains("Connections by state", "at most 0").doesNotContain(" d=\"");
  }

  @Test
  void picturesStayWithinTheirBoxes() {
    RecordedPort recorded = MadeUpRecording.of(HEADER);
    for (int i = 0; i < 700; i++) {
      recorded.line(sample(i, i * 7919 % 523, i * 31 % 17));
    }
    recorded.line(sample(3, -5, -9));
    recorded.line(listenerOpened(-500, "early"));
    recorded.line(listenerOpened(90_000, "late"));

    isWithinItsBox(page(recorded));
  }

  private static void isWithinItsBox(String page) {
    List<String> paths = PATH.matcher(page).results().map(it -> it.group(1)).toList();
    assertThat(paths).isNotEmpty();
    for (String path : paths) {
      assertThat(path).matches("[MHVZ0-9. ]+");
      Matcher step = STEP.matcher(path);
      while (step.find()) {
        boolean isAcross = step.group(1).equals("M") || step.group(1).equals("H");
        assertThat(Double.parseDouble(step.group(2)))
            .isBetween(0.0, isAcross ? (double) StepChart.WIDTH : StepChart.HEIGHT);
      }
    }
  }

  @Test
  void aLongRecordingIsAPageOfBoundedSize() {
    RecordedPort recorded = MadeUpRecording.of(HEADER, diagnosis(0, "HANGING", "srv"));
    for (int i = 0; i < 10_000; i++) {
      recorded.line(sample(i, i % 90, i % 17));
      recorded.line(listenerOpened(i, "srv" + i));
      recorded.line(opened(i, i));
      recorded.line(
          "{\"schema\":\"tcptable.guard/1\",\"event\":\"bad\",\"message\":\"" + i + "\"}");
    }
    recorded.line(diagnosis(10_001, "HANGING", "srv"));

    String page = page(recorded);

    assertThat(page.length()).isLessThan(400_000);
    assertThat(page).contains("And 9,800 more, not shown.", "of 16 samples");
    assertThat(recorded.timeline().points()).hasSizeBetween(Timeline.MOST / 2, Timeline.MOST);
  }

  @Test
  void manySocketsAreCounted() {
    String socket =
        "{\"local\":{\"address\":\"127.0.0.1\",\"port\":3001},\"remote\":{\"address\":\"127.0.0.1\","
            + "\"port\":9},\"state\":\"CLOSE_WAIT\",\"detail\":{\"roundTripMicros\":1}}";
    String all = String.join(",", Collections.nCopies(5_000, socket));

    String page =
        page(
            MadeUpRecording.of(
                "{\"schema\":\"tcptable.diagnosis/2\",\"port\":3001,\"sockets\":[" + all + "]}"));

    assertThat(page).contains("<h2>5,000 sockets</h2>", "And 4,700 more, not shown.");
    assertThat(page.length()).isLessThan(200_000);
  }

  @Test
  void anAgeIsOnlyWhatIsKnown() {
    // Opened in the middle; silent for 500 ms.
    assertThat(page(MadeUpRecording.of(HEADER, opened(3, 44), diagnosis(9, "HANGING", "srv"))))
        .contains("<td class=\"number\">6s</td>");
    // A connection of that cookie was there before.
    assertThat(
            page(
                MadeUpRecording.of(
                    HEADER, diagnosis(1, "HANGING", "srv"), diagnosis(9, "HANGING", "srv"))))
        .contains("<td class=\"number\">8s</td>");
    // Not seen before: it may be as young as its silence.
    assertThat(page(MadeUpRecording.of(HEADER, opened(3, 45), diagnosis(9, "HANGING", "srv"))))
        .contains("<td class=\"number\">500ms</td>");
  }

  @Test
  void theStepsOfARestartAreThere() {
    assertThat(
            page(
                MadeUpRecording.of(
                    """
                    {"schema":"tcptable.guard/1","port":3001,"at":"2026-11-27T21:00:09Z",\
                    "event":"evidence_saved","message":"the evidence is saved in x"}""",
                    """
                    {"schema":"tcptable.restart/1","command":"restart","port":3001,\
                    "outcome":"done","steps":[{"step":"stop","outcome":"done","millis":120,\
                    "detail":"srv(7) terminated"}]}""")))
        .contains(
            "What was done",
            "evidence saved</td>",
            "restart 3001",
            "took 120ms",
            "done: srv(7) terminated");
  }

  @Test
  void everyElementIsClosed() {
    String page =
        page(
            MadeUpRecording.of(
                HEADER, diagnosis(0, "HEALTHY", "srv"), sample(1, 4, 0), sample(2, 4, 0)));
    List<MatchResult> tags = Pattern.compile("<(/?)([a-z0-9]+)").matcher(page).results().toList();
    Deque<String> open = new ArrayDeque<>();
    for (MatchResult tag : tags) {
      if (tag.group(1).equals("/")) {
        assertThat(open.pop()).isEqualTo(tag.group(2));
      } else if (!tag.group(2).equals("meta")) {
        open.push(tag.group(2));
      }
    }
    assertThat(open).isEmpty();
  }
}
