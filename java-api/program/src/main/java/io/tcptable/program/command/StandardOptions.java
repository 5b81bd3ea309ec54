// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import io.tcptable.program.terminal.ColourChoice;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that every command has. */
final class StandardOptions {

  private static final String BINDING_PROPERTY = "tcptable.binding";

  /** FFM makes classes before its first call, which costs a short run more than it ever gains. */
  private static final String QUICKEST_TO_START = "jni,ffm,java";

  private final OptionSpec binding =
      OptionSpec.builder("--binding")
          .paramLabel("ffm|jni|jna|jnr|java")
          .type(String.class)
          .converters(Arguments::binding)
          .description("Native binding (default: first available of jni, ffm, java).")
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
      System.setProperty(BINDING_PROPERTY, name);
    } else if (System.getProperty(BINDING_PROPERTY) == null) {
      System.setProperty(BINDING_PROPERTY, QUICKEST_TO_START);
    }
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
