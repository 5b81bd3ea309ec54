// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.binding.BindingName;
import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.program.terminal.ColourChoice;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that every command has. */
final class StandardOptions {

  /** FFM makes classes before its first call, which costs a short run more than it ever gains. */
  private static final List<BindingName> QUICKEST_TO_START =
      List.of(BindingName.JNI, BindingName.FFM, BindingName.JAVA);

  private final OptionSpec binding =
      OptionSpec.builder("--binding")
          .paramLabel(String.join("|", BindingName.all()))
          .type(String.class)
          .converters(Arguments::binding)
          .description("Native binding (default: first available of " + joined(", ") + ").")
          .build();

  private final OptionSpec colour =
      OptionSpec.builder("--color", "--colour")
          .paramLabel("auto|always|never")
          .type(ColourChoice.class)
          .converters(Arguments::colour)
          .description(
              "When to use colors (default auto: on a terminal; NO_COLOR and CLICOLOR_FORCE count).")
          .build();

  private final OptionSpec debug =
      OptionSpec.builder("--debug")
          .type(boolean.class)
          .description("Print a stack trace on failure.")
          .build();

  private final OptionSpec version =
      OptionSpec.builder("-V", "--version")
          .type(boolean.class)
          .description("Show version, binding in use, and why others were skipped.")
          .build();

  void addTo(CommandSpec spec) {
    spec.addOption(binding);
    spec.addOption(colour);
    spec.addOption(debug);
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .type(boolean.class)
            .usageHelp(true)
            .description("Show this help.")
            .build());
    spec.addOption(version);
  }

  /** Lets the library know; it chooses its binding at first use. */
  void apply() {
    String name = binding.getValue();
    if (name != null) {
      Platforms.bind(name);
    } else if (System.getProperty(BindingSelection.PROPERTY) == null) {
      Platforms.bind(joined(","));
    }
  }

  private static String joined(String separator) {
    return QUICKEST_TO_START.stream()
        .map(BindingName::toString)
        .collect(Collectors.joining(separator));
  }

  boolean isVersion() {
    return Command.isSet(version);
  }

  ColourChoice colour() {
    ColourChoice choice = colour.getValue();
    return choice == null ? ColourChoice.AUTO : choice;
  }

  boolean isDebug() {
    return Command.isSet(debug) || Boolean.getBoolean(Command.DEBUG_PROPERTY);
  }
}
