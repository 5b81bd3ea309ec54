// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import io.tcptable.TcpState;
import io.tcptable.program.terminal.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/**
 * One command: its arguments, its help and what it does. A new one extends this, adds its arguments
 * and help to {@link #spec} in its constructor, reads them in {@link #run()}, and is named in
 * {@code Program}.
 *
 * <p>Arguments are declared in code: picocli's annotations cost 30 to 40 ms more at start, a
 * quarter of the whole run.
 */
public abstract class Command implements Callable<Integer> {

  public static final String DEBUG_PROPERTY = "tcptable.debug";

  protected final Terminal terminal;
  protected final CommandSpec spec;

  private final StandardOptions standard = new StandardOptions();

  protected Command(String name, Terminal terminal) {
    this.terminal = terminal;
    this.spec = CommandSpec.wrapWithoutInspection(this).name(name);
    spec.usageMessage()
        .sortOptions(false)
        .abbreviateSynopsis(true)
        .parameterListHeading("%nParameters:%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n")
        .exitCodeListHeading("%nExit codes:%n");
  }

  /** Does what was asked; the result is one of {@link ExitCode}. */
  protected abstract int run() throws IOException;

  @Override
  public final Integer call() throws IOException {
    for (String word : spec.commandLine().getParseResult().originalArgs()) {
      if (!Arguments.isUndamaged(word)) {
        throw misused(String.valueOf(Arguments.damaged(word).getMessage()));
      }
    }
    standard.apply();
    if (standard.isVersion()) {
      VersionText.print(terminal.out());
      return ExitCode.FOUND;
    }
    return run();
  }

  /** The whole specification, with the options every command has at the end. */
  public final CommandSpec complete() {
    standard.addTo(spec);
    return spec;
  }

  /** Adds an option that is there or not. */
  public final OptionSpec flag(String description, String... names) {
    return option(OptionSpec.builder(names).type(boolean.class).description(description));
  }

  public final OptionSpec option(OptionSpec.Builder builder) {
    OptionSpec option = builder.build();
    spec.addOption(option);
    return option;
  }

  /** Adds an argument that is told by its place. */
  public final void add(PositionalParamSpec argument) {
    spec.addPositional(argument);
  }

  /** An option that takes a time, such as {@code 500ms} or {@code 2m}. */
  public final OptionSpec time(String name, String description) {
    return option(
        OptionSpec.builder(name)
            .paramLabel("TIME")
            .type(Duration.class)
            .converters(Arguments::duration)
            .description(description));
  }

  /** Adds the choice of some states of sockets. */
  public final OptionSpec states(String description) {
    return option(
        OptionSpec.builder("--state")
            .paramLabel("STATE")
            .type(List.class)
            .auxiliaryTypes(TcpState.class)
            .converters(Arguments::state)
            .splitRegex(",")
            .description(description));
  }

  /** Adds the one port that the command is about. */
  protected final PositionalParamSpec onePort() {
    return first(Integer.class, Arguments::port, "The port: a number from 1 to 65535.");
  }

  /** Adds the one port, or address of a port, that the command is about. */
  protected final PositionalParamSpec onePortOrAddress() {
    return first(
        PortArgument.class,
        Arguments::portOrAddress,
        "The port: a number from 1 to 65535; or one address of it, such as 127.0.0.1:3001,"
            + " [::1]:3001 or 0.0.0.0%%eth0:3001.");
  }

  private <T> PositionalParamSpec first(
      Class<T> type, ITypeConverter<T> converter, String description) {
    PositionalParamSpec port =
        PositionalParamSpec.builder()
            .paramLabel("PORT")
            .index("0")
            .arity("0..1")
            .hideParamSyntax(true)
            .type(type)
            .converters(converter)
            .description(description)
            .build();
    spec.addPositional(port);
    return port;
  }

  /** The port or address that was given; it had to be. */
  protected final <T> T given(PositionalParamSpec port, Class<T> type, String example) {
    Object given = port.getValue();
    if (given == null) {
      throw misused("no port given; try: " + example);
    }
    return type.cast(given);
  }

  /** The time that an option gives, or another one if it was not given. */
  public static Duration given(OptionSpec time, Duration otherwise) {
    Duration given = time.getValue();
    return given == null ? otherwise : given;
  }

  /** Whether a word was given as it stands. */
  public final boolean isGiven(String word) {
    return spec.commandLine().getParseResult().originalArgs().contains(word);
  }

  public static boolean isSet(ArgSpec flag) {
    return Boolean.TRUE.equals(flag.getValue());
  }

  protected final boolean isColoured() {
    return standard.colour().isColoured(terminal);
  }

  public final boolean isDebug() {
    return standard.isDebug();
  }

  /** The arguments do not fit together: what is wrong, and what to do. */
  public final ParameterException misused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
