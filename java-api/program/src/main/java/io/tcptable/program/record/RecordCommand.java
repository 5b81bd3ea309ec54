// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.record;

import io.tcptable.internal.wording.Quantities;
import io.tcptable.program.command.Arguments;
import io.tcptable.program.command.Command;
import io.tcptable.program.command.ExitCode;
import io.tcptable.program.command.Failures;
import io.tcptable.program.command.PortArgument;
import io.tcptable.program.command.SignalGuard;
import io.tcptable.program.foreign.TerminalText;
import io.tcptable.program.json.JsonOutput;
import io.tcptable.program.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code tcptable record}: writes the events and samples of a time as JSON lines. */
public final class RecordCommand extends Command {

  private final PositionalParamSpec port = onePortOrAddress();

  private final OptionSpec to =
      option(
          OptionSpec.builder("--to")
              .paramLabel("FILE")
              .type(Path.class)
              .converters(Arguments::path)
              .description("A new file for the recording (default: standard output)."));

  private final RecordOptions options = new RecordOptions(this);

  public RecordCommand(Terminal terminal) {
    super("record", terminal);
    spec.usageMessage()
        .header("Record what happens on a port, as JSON lines.")
        .customSynopsis("tcptable record PORT [--for TIME] [--to FILE] [OPTIONS]")
        .exitCodeList(meanings())
        .footer(RecordHelp.text());
  }

  private static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put("0", "recorded; after Ctrl-C a shell shows 130");
    ExitCode.addErrors(meanings, "nothing was recorded");
    meanings.put("4", "the file exists; nothing was done");
    meanings.put("5", "ended early by an error; what was recorded until then is kept");
    meanings.put(
        "6", "the recording could not be written completely (closed, or the disk is full)");
    return meanings;
  }

  @Override
  protected int run() {
    Recorder recorder = options.recorder(given(port, PortArgument.class, "tcptable record 3001"));
    Path path = to.getValue();
    if (path == null) {
      return record(recorder, new StandardOutput());
    }
    try (NewFile file = new NewFile(path)) {
      return record(recorder, new ToFile(path, file));
    } catch (IOException e) {
      return NewFile.refused(path, e, terminal);
    }
  }

  /** Where the lines go, and what is said of it at the end. */
  private interface Destination extends RecordingSink {
    int end(Recorder.Summary summary);

    /** No more will come, be it as something has failed. */
    default void over() {}
  }

  private int record(Recorder recorder, Destination destination) {
    SignalGuard interruption = SignalGuard.ofThisThread(terminal);
    try {
      return destination.end(recorder.run(destination));
    } finally {
      destination.over();
      interruption.over();
    }
  }

  /** The code of an end that is told. */
  private int code(RecordingEnd end) {
    end.failure().ifPresent(it -> new Failures(terminal).failed(it, isDebug()));
    return end.failure().isPresent() ? ExitCode.PARTLY_DONE : ExitCode.FOUND;
  }

  private final class ToFile implements Destination {

    private final Path path;
    private final NewFile file;
    private int lines;

    ToFile(Path path, NewFile file) {
      this.path = path;
      this.file = file;
    }

    @Override
    public void line(String json) {
      lines++;
      file.write(json + "\n");
    }

    @Override
    public void flush() {
      file.flush();
    }

    @Override
    public boolean isBroken() {
      return file.failure().isPresent();
    }

    @Override
    public int end(Recorder.Summary summary) {
      file.close();
      String recorded =
          Quantities.count(summary.samples(), "sample")
              + ", "
              + Quantities.count(summary.events(), "event");
      if (file.failure().isPresent()) {
        terminal.warn(file.failure().get() + "; it ends early, after " + recorded);
        return ExitCode.UNWRITTEN;
      }
      terminal
          .out()
          .println(
              TerminalText.of("recorded " + recorded + " in " + path)
                  + switch (summary.end().reason()) {
                    case COMPLETE -> "";
                    case INTERRUPTED -> ", then interrupted";
                    case FAILED -> ", then failed";
                  });
      return code(summary.end());
    }

    /** A header alone is no recording. */
    @Override
    public void over() {
      if (lines < 2) {
        file.remove();
      }
    }
  }

  private final class StandardOutput implements Destination {

    @Override
    public void line(String json) {
      try {
        JsonOutput.print(terminal.out(), to -> to.append(json));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void flush() {
      terminal.out().flush();
    }

    @Override
    public boolean isBroken() {
      return terminal.isCutOff();
    }

    /** What could not be written is told as of each command. */
    @Override
    public int end(Recorder.Summary summary) {
      return code(summary.end());
    }
  }
}
