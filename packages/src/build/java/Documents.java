// SPDX-License-Identifier: Apache-2.0
import io.tcptable.program.Program;
import io.tcptable.program.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * A step of the build: writes manual pages, and completions for shells, from the commands and
 * options that the program itself parses. Arguments: {@code FOLDER VERSION TIME}, the folder {@code
 * share} of a package.
 *
 * <p>The pages are in the language of {@code man(7)}. picocli's own generator writes AsciiDoc,
 * which takes JRuby to become a page.
 */
public final class Documents {

  private final String version;
  private final String date;

  private Documents(String version, String date) {
    this.version = version;
    this.date = date;
  }

  public static void main(String[] args) throws IOException {
    Path share = Path.of(args[0]);
    Documents documents = new Documents(args[1], args[2].substring(0, args[2].indexOf('T')));
    CommandLine program = Program.commandLine(Terminal.ofProcess());
    Path manual = Files.createDirectories(share.resolve("man/man1"));
    Files.writeString(manual.resolve("tcptable.1"), documents.page(program.getCommandSpec()));
    for (CommandLine command : program.getSubcommands().values()) {
      CommandSpec spec = command.getCommandSpec();
      Files.writeString(manual.resolve("tcptable-" + spec.name() + ".1"), documents.page(spec));
    }
    write(
        share.resolve("bash-completion/completions/tcptable"),
        AutoComplete.bash("tcptable", program).replaceAll("(?m)^# (Generated|Date) .*\n", ""));
    write(
        share.resolve("zsh/site-functions/_tcptable"),
        """
        #compdef tcptable
        autoload -U +X bashcompinit && bashcompinit
        source "${${(%):-%x}:A:h}/../../bash-completion/completions/tcptable"
        """);
    write(share.resolve("fish/vendor_completions.d/tcptable.fish"), fish(program));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String page(CommandSpec spec) {
    UsageMessageSpec usage = spec.usageMessage();
    String name = spec.qualifiedName("-");
    StringBuilder page = new StringBuilder();
    page.append(".\\\" SPDX-License-Identifier: Apache-2.0\n");
    page.append(
        ".TH \"%s\" 1 \"%s\" \"tcptable %s\" \"User Commands\"\n"
            .formatted(name.toUpperCase(Locale.ROOT), date, version));
    page.append(".SH NAME\n")
        .append(escaped(name + " - " + String.join(" ", usage.header())))
        .append('\n');
    page.append(".SH SYNOPSIS\n");
    for (String line : usage.customSynopsis()) {
      page.append(".B ").append(escaped(line)).append("\n.br\n");
    }
    list(
        page,
        "PARAMETERS",
        spec.positionalParameters().stream().map(p -> item(p.paramLabel(), p)).toList());
    list(page, "OPTIONS", spec.options().stream().map(o -> item(names(o), o)).toList());
    list(
        page,
        "COMMANDS",
        spec.subcommands().values().stream()
            .map(CommandLine::getCommandSpec)
            .map(
                c ->
                    item(
                        "tcptable-" + c.name() + "(1)",
                        String.join(" ", c.usageMessage().header())))
            .toList());
    list(
        page,
        "EXIT STATUS",
        usage.exitCodeList().entrySet().stream().map(e -> item(e.getKey(), e.getValue())).toList());
    if (usage.footer().length > 0) {
      page.append(".SH NOTES\n.nf\n");
      Arrays.stream(usage.footer())
          .map(line -> escaped(formatted(line)))
          .forEach(line -> page.append(line).append('\n'));
      page.append(".fi\n");
    }
    return page.toString();
  }

  private static void list(StringBuilder page, String title, List<String> items) {
    if (!items.isEmpty()) {
      page.append(".SH ").append(title).append('\n');
      items.forEach(page::append);
    }
  }

  private static String item(String term, ArgSpec argument) {
    return item(
        term,
        Arrays.stream(argument.description())
            .map(Documents::formatted)
            .collect(Collectors.joining(" ")));
  }

  private static String item(String term, String text) {
    return ".TP\n.B " + escaped(term) + "\n" + escaped(text) + "\n";
  }

  private static String names(OptionSpec option) {
    String names = String.join(", ", option.names());
    String value = option.paramLabel();
    return option.arity().max() == 0
        ? names
        : names + "=" + value + (option.splitRegex().isEmpty() ? "" : "[," + value + "...]");
  }

  /** As picocli prints it: a percent sign is doubled. */
  private static String formatted(String text) {
    return text.replace("%%", "%");
  }

  /** See {@code groff_char(7)}; a line must not begin like a request. */
  private static String escaped(String text) {
    String plain =
        text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga");
    return plain.startsWith(".") ? "\\&" + plain : plain;
  }

  private static String fish(CommandLine program) {
    StringBuilder script = new StringBuilder("complete -c tcptable -f\n");
    options(script, program.getCommandSpec(), "__fish_use_subcommand");
    for (CommandLine command : program.getSubcommands().values()) {
      CommandSpec spec = command.getCommandSpec();
      script.append(
          "complete -c tcptable -n __fish_use_subcommand -a %s -d '%s'\n"
              .formatted(spec.name(), quoted(String.join(" ", spec.usageMessage().header()))));
      options(script, spec, "'__fish_seen_subcommand_from " + spec.name() + "'");
    }
    return script.toString();
  }

  private static void options(StringBuilder script, CommandSpec spec, String condition) {
    for (OptionSpec option : spec.options()) {
      script.append("complete -c tcptable -n ").append(condition);
      for (String name : option.names()) {
        script.append(
            name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
      }
      script.append(option.arity().max() > 0 ? " -r" : "");
      script
          .append(" -d '")
          .append(quoted(formatted(String.join(" ", option.description()))))
          .append("'\n");
    }
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("'", "\\'");
  }
}
