// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.platform.LaunchLine;
import io.tcptable.internal.platform.LaunchRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The last part of a {@link LaunchChain}, which runs as the user of the server: a shell sets the
 * umask, the directory, the output and the environment, and then runs the program.
 *
 * <p>Until then, the variables of the server have other names: {@code LD_PRELOAD} and the like,
 * which that user chose, must not reach the programs that root runs before. The shell takes them
 * from there, so that their values are in no argument for all to see; those that mean something to
 * a shell itself are handed to {@code env(1)}. No word of the server is part of the script.
 */
final class LaunchScript {

  private static final String CARRIER = "TCPTABLE_";

  /** The kernel takes none longer, see {@code MAX_ARG_STRLEN} in {@code execve(2)}. */
  private static final int LONGEST_STRING = 128 * 1024;

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** What shells set by themselves, and may hand on. */
  private static final List<String> SET_BY_SHELLS = List.of("PWD", "OLDPWD", "SHLVL", "_");

  /** What shells, or the loader of {@code env}, take for themselves, or do not let be set. */
  private static final Pattern MEANT_FOR_SHELLS =
      Pattern.compile(
          "PWD|OLDPWD|SHLVL|_|E?UID|PPID|IFS|OPT(?:IND|ARG|ERR)|PS[0-9]|ENV|BASH.*|SHELLOPTS|KSH.*"
              + "|LINENO|RANDOM|SRANDOM|SECONDS|EPOCH.*|GROUPS|DIRSTACK|FUNCNAME|HIST.*|PIPESTATUS"
              + "|POSIXLY_CORRECT|CDPATH|GLOBIGNORE|LANG|LANGUAGE|LC_.*|LOCPATH|NLSPATH|GCONV_PATH"
              + "|GLIBC_.*|MALLOC_.*|LD_.*|TMOUT|"
              + CARRIER
              + ".*");

  private final StringBuilder script = new StringBuilder();
  private final List<String> operands = new ArrayList<>();
  private final Map<String, String> carried = new LinkedHashMap<>();
  private final List<String> words;

  private LaunchScript(List<String> words) {
    this.words = words;
  }

  /** Of what is to be started. */
  static LaunchScript of(LaunchRequest request, int umask) throws IOException {
    LaunchScript it = new LaunchScript(request.words());
    it.script.append("umask %04o\n".formatted(umask));
    it.script.append("cd -- ").append(it.carry(request.directory().toString()));
    it.script.append(" || exit 125\n");
    it.redirect(">>", request.output());
    it.redirect("2>>", request.error());
    it.setVariables(request.environment());
    it.run(request.environment().keySet());
    return it;
  }

  /** A reference to a value that is carried in the environment. */
  private String carry(String value) throws IOException {
    String name = CARRIER + carried.size();
    if (name.length() + value.getBytes(StandardCharsets.UTF_8).length + 2 > LONGEST_STRING) {
      throw new IOException("a variable of its environment is too long");
    }
    carried.put(name, value);
    return "\"$" + name + "\"";
  }

  private void redirect(String operator, Optional<Path> file) throws IOException {
    if (file.isPresent()) {
      script.append("exec ").append(operator).append(carry(file.get().toString()));
      script.append(" || exit 125\n");
    }
  }

  private void setVariables(Map<String, String> environment) throws IOException {
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      String name = variable.getKey();
      if (IDENTIFIER.matcher(name).matches() && !MEANT_FOR_SHELLS.matcher(name).matches()) {
        script.append("export ").append(name).append('=').append(carry(variable.getValue()));
        script.append('\n');
      } else {
        operands.add(carry(variable.toString()));
      }
    }
  }

  private void run(Set<String> names) throws IOException {
    if (words.get(0).indexOf('=') >= 0) {
      throw new IOException("the name of its program contains '='");
    }
    // Kept as a word of its own, so that the variables need not outlive it.
    script.append("set -- ").append(TrustedTool.require("env", "coreutils"));
    SET_BY_SHELLS.stream()
        .filter(name -> !names.contains(name))
        .forEach(name -> script.append(" -u ").append(name));
    script.append(" --");
    operands.forEach(operand -> script.append(' ').append(operand));
    script.append(" \"$@\"\nunset");
    carried.keySet().forEach(name -> script.append(' ').append(name));
    script.append("\nexec \"$@\"\n");
    if (script.length() >= LONGEST_STRING) {
      throw new IOException("its environment has too many variables");
    }
  }

  /** The command line, after those words that come before it. */
  LaunchLine after(List<String> chain) throws IOException {
    List<String> line = new ArrayList<>(chain);
    line.addAll(List.of(TrustedTool.require("sh", "a shell"), "-c", script.toString(), "tcptable"));
    line.addAll(words);
    return new LaunchLine(line, carried, Optional.empty());
  }
}
