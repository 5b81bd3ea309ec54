// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import io.tcptable.Advice;
import io.tcptable.ListenAddress;
import io.tcptable.internal.Platforms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An advice as this program gives it: what the library does itself becomes a command of this
 * program.
 *
 * @param isCommand whether it is a command for a shell, and not a sentence
 * @param text the command line or the sentence
 */
public record AdviceText(boolean isCommand, String text) {

  /** Stands for what is not known. */
  private static final String UNKNOWN_COMMAND = "COMMAND";

  /** The name of the kind in JSON. */
  public String kind() {
    return isCommand ? "command" : "hint";
  }

  /** The same as a command or a sentence of its own. */
  public Advice toAdvice() {
    return isCommand ? new Advice.Command(text) : new Advice.Hint(text);
  }

  /** The text of an advice. */
  public static AdviceText of(Advice advice) {
    if (advice instanceof Advice.Restart restart) {
      return words(restart)
          .map(AdviceText::command)
          .orElseGet(() -> new AdviceText(false, restart.text()));
    }
    if (advice instanceof Advice.RestartAsItWas restart) {
      return command(List.of("restart", PortArgument.text(restart.port(), restart.address())));
    }
    if (advice instanceof Advice.Free free) {
      return command(List.of("free", PortArgument.text(free.port(), free.address())));
    }
    if (advice instanceof Advice.Start start) {
      return command(
          List.of(
              "start", PortArgument.text(start.port(), start.address()), "--", UNKNOWN_COMMAND));
    }
    if (advice instanceof Advice.ListOfProcess list) {
      return command(List.of("list", "--pid", "" + list.pid()));
    }
    if (advice instanceof Advice.ListOfPort list) {
      return command(List.of("list", "" + list.port(), "--state", list.state().name()));
    }
    if (advice instanceof Advice.ListOfNamespace list) {
      return command(List.of("list", "" + list.port(), "--namespace", "" + list.pid()));
    }
    if (advice instanceof Advice.StopSome) {
      return new AdviceText(
          false, "--partial stops the others; the port becomes free only if no other holds it.");
    }
    if (advice instanceof Advice.ChooseAddress choice) {
      return new AdviceText(
          false,
          "Name the one that is meant instead of the port: "
              + choice.addresses().stream()
                  .map(ListenAddress::toString)
                  .collect(Collectors.joining(" or "))
              + "; or --keep the other one by its PID.");
    }
    if (advice instanceof Advice.TrustCertificate) {
      return new AdviceText(
          false, "--cacert FILE trusts its certificate; --insecure accepts any certificate.");
    }
    if (advice instanceof Advice.StopOtherPorts) {
      return new AdviceText(false, "--also-stops stops them, and with them the other ports.");
    }
    if (advice instanceof Advice.RestartByRuntime restart) {
      return command(
          List.of("restart", PortArgument.text(restart.port(), restart.address()), "--by-runtime"));
    }
    if (advice instanceof Advice.IgnoreSupervisor) {
      return new AdviceText(
          false, "--ignore-supervisor stops the processes; the supervisor may start them again.");
    }
    return advice instanceof Advice.Diagnose diagnose
        ? of(diagnose)
        : new AdviceText(advice.kind() == Advice.Kind.COMMAND, advice.text());
  }

  /** Another user's server is started as that user; empty if the system has no command for it. */
  private static Optional<List<String>> words(Advice.Restart restart) {
    List<String> server =
        restart.command().isEmpty() ? List.of(UNKNOWN_COMMAND) : restart.command();
    return restart
        .user()
        .map(user -> Platforms.current().commands().asUser(user, server))
        .orElse(Optional.of(server))
        .map(
            command -> {
              List<String> words =
                  new ArrayList<>(
                      List.of("restart", PortArgument.text(restart.port(), restart.address())));
              restart
                  .directory()
                  .ifPresent(there -> words.addAll(List.of("--cwd", there.toString())));
              words.add("--");
              words.addAll(command);
              return words;
            });
  }

  private static AdviceText of(Advice.Diagnose diagnose) {
    String port = PortArgument.text(diagnose.port(), diagnose.address());
    return switch (diagnose.how()) {
      case AGAIN -> command(List.of("diagnose", port));
      case WITH_THREADS -> command(List.of("diagnose", port, "--threads"));
      case OTHER_HEALTH ->
          command(List.of("diagnose", port, "--health", diagnose.health().orElse("URL")));
      case AS_SUPERUSER -> {
        AdviceText plain = command(List.of("diagnose", port));
        Optional<String> elevated = Platforms.current().commands().asSuperuser(plain.text());
        yield elevated
            .map(line -> new AdviceText(true, line))
            .orElseGet(() -> new AdviceText(false, "Run this as administrator: " + plain.text()));
      }
    };
  }

  private static AdviceText command(List<String> arguments) {
    List<String> words = new ArrayList<>(List.of("tcptable"));
    words.addAll(arguments);
    return new AdviceText(true, Platforms.current().shell().command(words));
  }
}
