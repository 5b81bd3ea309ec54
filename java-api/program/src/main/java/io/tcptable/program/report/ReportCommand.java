// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import io.tcptable.program.command.Arguments;
import io.tcptable.program.command.Command;
import io.tcptable.program.command.ExitCode;
import io.tcptable.program.command.Failures;
import io.tcptable.program.command.PortArgument;
import io.tcptable.program.command.SignalGuard;
import io.tcptable.program.foreign.Secrets;
import io.tcptable.program.foreign.TerminalText;
import io.tcptable.program.record.NewFile;
import io.tcptable.program.record.RecordOptions;
import io.tcptable.program.record.Recorder;
import io.tcptable.program.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code tcptable report}: one HTML page of a port, for a ticket. */
public final class ReportCommand extends Command {

  private static final String EXAMPLE = "tcptable report 3001 --html report.html";

  private final PositionalParamSpec port = onePortOrAddress();

  private final OptionSpec html =
      option(
          OptionSpec.builder("--html")
              .paramLabel("FILE")
              .type(Path.class)
              .converters(Arguments::path)
              .description("A new file for the page."));

  private final OptionSpec from =
      option(
          OptionSpec.builder("--from")
              .paramLabel("FILE")
              .type(List.class)
              .auxiliaryTypes(Path.class)
              .converters(Arguments::path)
              .description("A recording, or evidence of guard, in place of PORT."));

  private final OptionSpec showSecrets = flag("Mask nothing.", "--show-secrets");

  private final RecordOptions options = new RecordOptions(this);

  public ReportCommand(Terminal terminal) {
    super("report", terminal);
    spec.usageMessage()
        .header("Make one HTML page of what happens on a port, for a ticket.")
        .customSynopsis(
            "tcptable report PORT [--for TIME] --html FILE [OPTIONS]",
            "tcptable report --from FILE --html FILE")
        .exitCodeList(meanings())
        .footer(ReportHelp.text());
  }

  private static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put("0", "the page was made; after Ctrl-C a shell shows 130");
    ExitCode.addErrors(meanings, "no page was made");
    meanings.put("4", "the file exists; nothing was done");
    meanings.put("5", "an error ended the recording early; the page has what was known until then");
    meanings.put("6", "the page could not be written (the disk is full)");
    return meanings;
  }

  @Override
  protected int run() {
    Path path = html.getValue();
    if (path == null) {
      throw misused("no file given for the page; try: " + EXAMPLE);
    }
    List<Path> files = from.getValue();
    Recorder recorder = files == null ? recorder() : null;
    if (files != null && (port.getValue() != null || options.isGiven())) {
      throw misused("--from needs no PORT and no option of a recording; choose one");
    }
    try (NewFile page = new NewFile(path)) {
      return write(page, path, recorder, files == null ? List.of() : files);
    } catch (IOException e) {
      return NewFile.refused(path, e, terminal);
    }
  }

  private Recorder recorder() {
    return options.recorder(given(port, PortArgument.class, EXAMPLE));
  }

  private int write(NewFile page, Path path, @Nullable Recorder recorder, List<Path> files) {
    SignalGuard interruption = SignalGuard.ofThisThread(terminal);
    boolean isKept = false;
    try {
      RecordedPort recorded = new RecordedPort();
      Optional<RuntimeException> failure = Optional.empty();
      if (recorder == null) {
        read(files, recorded);
      } else {
        failure = recorder.run(recorded).end().failure();
      }
      page.write(new ReportPage(recorded, Secrets.of(isSet(showSecrets))).text());
      page.close();
      if (page.failure().isPresent()) {
        // The beginning of a page can be read, and there is nothing else of this recording.
        isKept = recorder != null;
        terminal.warn(page.failure().get() + (isKept ? "; the page ends early" : ""));
        return ExitCode.UNWRITTEN;
      }
      isKept = true;
      failure.ifPresent(it -> new Failures(terminal).failed(it, isDebug()));
      terminal.out().println(TerminalText.of("the report is in " + path));
      return failure.isPresent() ? ExitCode.PARTLY_DONE : ExitCode.FOUND;
    } catch (UnreadableRecording e) {
      terminal.warn(String.valueOf(e.getMessage()));
      return ExitCode.FAILED;
    } finally {
      if (!isKept) {
        page.remove();
      }
      interruption.over();
    }
  }

  private static void read(List<Path> files, RecordedPort recorded) throws UnreadableRecording {
    RecordingReader reader = new RecordingReader(recorded);
    for (Path file : files) {
      reader.read(file);
    }
    if (recorded.port().isEmpty()) {
      throw new UnreadableRecording(
          files.get(0) + " names no port; name a recording of tcptable record");
    }
  }
}
