// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tcptable.NoLinuxWords;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import io.tcptable.TcpTableException.Kind;
import io.tcptable.internal.linux.LinuxPlatform;
import io.tcptable.internal.platform.NoPlatform;
import io.tcptable.internal.platform.Phrase;
import io.tcptable.internal.platform.Phrases;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.windows.WindowsPlatform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlatformsTest {

  private static final Platform LINUX = new LinuxPlatform();
  private static final Platform WINDOWS = new WindowsPlatform();

  @TempDir private Path home;

  @AfterEach
  void itself() {
    Platforms.use(null, null);
  }

  @Test
  void thisOneIsTheOneThatTheJvmNames() {
    assertThat(System.getProperty("os.name")).startsWith(Platforms.current().name());
  }

  @Test
  void aSystemThatOffersNothingIsToldByItsKind() {
    Platforms.use(new NoPlatform(home), null);

    assertThatThrownBy(TcpTable::snapshot)
        .isInstanceOfSatisfying(
            TcpTableException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED))
        .hasMessage("Nothing has no sockets");
    assertThat(Platforms.current().phrases().of(Phrase.SUPERUSER)).isEqualTo("superuser");
  }

  @ParameterizedTest
  @CsvSource({
    "none, , tcptable.binding=none: not one of ",
    ", none, tcptable.owners=none: not one"
  })
  void whatIsDemandedAndCannotBeUsedIsToldByItsKind(
      @Nullable String binding, @Nullable String owners, String message) {
    assertThatThrownBy(() -> LINUX.open(binding, owners))
        .isInstanceOfSatisfying(
            SourceException.class,
            e -> assertThat(e.kind()).isEqualTo(SourceException.Kind.FORCED_BINDING))
        .hasMessageStartingWith(message);
  }

  @Test
  void eachKindOfFailureHasOneOfTheSameNameInTheApi() {
    assertThat(Arrays.stream(SourceException.Kind.values()).map(Enum::name))
        .containsExactlyElementsOf(Arrays.stream(Kind.values()).map(Enum::name).toList());
  }

  @ParameterizedTest
  @EnumSource
  void windowsHasNoWordOfLinux(Phrase phrase) {
    NoLinuxWords.in(WINDOWS.phrases().of(phrase));
    assertThat(LINUX.phrases().of(phrase)).isNotBlank();
  }

  @Test
  void aPhraseWithoutTextIsAnError() {
    assertThatThrownBy(() -> new Phrases(Map.of(Phrase.SUPERUSER, "root")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no text for [OTHER_USERS_PROCESS, ");
  }

  @Test
  void commandsOfWindowsAreForPowerShell() {
    assertThat(
            WINDOWS
                .shell()
                .command(
                    "C:\\Program Files\\a.exe",
                    "it's",
                    "1,2",
                    "-Da.b=1",
                    "--port=3001",
                    "",
                    "a\u2019b"))
        .isEqualTo(
            "'C:\\Program Files\\a.exe' 'it''s' '1,2' '-Da.b=1' --port=3001 '' 'a\u2019\u2019b'");
    assertThat(WINDOWS.shell().in(Path.of("C:\\srv"), "tcptable list"))
        .isEqualTo("cd C:\\srv; tcptable list");
    assertThat(WINDOWS.commands().lastLines("C:\\my logs\\a.log"))
        .isEqualTo("Get-Content -Tail 50 'C:\\my logs\\a.log'");
    assertThat(WINDOWS.commands().asSuperuser("tcptable diagnose 3001")).isEmpty();
    assertThat(WINDOWS.commands().service("restart", "a; calc", false))
        .isEqualTo("Restart-Service 'a; calc'");
  }

  @Test
  void commandsOfLinuxQuoteWhatOthersHaveNamed() {
    assertThat(LINUX.commands().service("restart", "web;touch x", false))
        .isEqualTo("systemctl restart 'web;touch x'");
    assertThat(LINUX.commands().serviceOf("a b", "restart", "web.service"))
        .contains("systemctl --user '--machine=a b@' restart web.service");
    assertThat(LINUX.commands().serviceLog("--help", true))
        .isEqualTo("journalctl _SYSTEMD_USER_UNIT=--help -n 50");
    assertThat(LINUX.commands().serviceLog("--help", false))
        .isEqualTo("journalctl -u ./--help -n 50");
    assertThat(LINUX.commands().lastLines("-rf")).isEqualTo("tail -n 50 ./-rf");
    assertThat(LINUX.commands().asUser("www-data", List.of("true")))
        .contains(List.of("runuser", "-u", "www-data", "--", "true"));
  }

  @Test
  void whatAnotherUserHasLoggedIsShownAndNotObeyed() throws Exception {
    assertThat(WINDOWS.commands().visibly("Get-Content a.log"))
        .isEqualTo("Get-Content a.log | ForEach-Object { $_ -replace '[\\p{Cc}-[\\t]]', '?' }");
    assumeThat(Platforms.current()).isInstanceOf(LinuxPlatform.class);
    Path log = Files.writeString(home.resolve("it's.log"), "a\u001b[2J\u009b31m\0b\r\n");
    String command = LINUX.commands().visibly(LINUX.commands().lastLines(log.toString()));
    Process shell = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();

    assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
        .isEqualTo("a^[[2JM-BM-^[31m^@b^M\n");
  }
}
