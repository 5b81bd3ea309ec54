// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcptable.OsProcess;
import io.tcptable.restart.PlannedLaunch.Difference;
import io.tcptable.restart.PlannedLaunch.Difference.Kind;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import servers.Children;
import servers.FreePorts;

/** A real server is stopped and comes back: what /proc shows of both is compared. */
@EnabledOnOs(OS.LINUX)
class AsItWasTest {

  private static final int NOBODY = 65534;
  private static final String SECRET = "s3cret 'of\" a $(kind) `x`\\\nand more";

  @RegisterExtension final Children children = new Children();

  @TempDir private Path folder;

  private final int port = FreePorts.next();

  @BeforeEach
  void openFolder() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private RunningServer server() {
    return new RunningServer(children, port, folder);
  }

  private PortRestart asItWas() {
    return PortRestart.asItWas(port).settle(Duration.ofMillis(100)).timeout(Duration.ofSeconds(60));
  }

  private OsProcess restart(PortRestart restart) {
    RestartReport report = children.adopt(restart.run());
    assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.DONE);
    OsProcess now = RunningServer.awaitListener(port, children);
    assertThat(now.pid()).isEqualTo(report.started().orElseThrow().pid());
    return now;
  }

  private static boolean isRoot() {
    return OsProcess.of(ProcessHandle.current().pid()).orElseThrow().userIds().contains(0L);
  }

  /** Variables that shells, loaders and locales take for themselves, and odd values. */
  private static RunningServer withOddVariables(RunningServer server) {
    return server
        .with("SECRET", SECRET)
        .with("EMPTY", "")
        .with("EQUALS", "=a=b=")
        .with("odd-name.1", "x")
        .with("BASH_FUNC_f%%", "() { :; }")
        .with("PWD", "/nowhere")
        .with("_", "/bin/x")
        .with("UID", "77")
        .with("IFS", "S")
        .with("PS4", "$(touch /tmp/never)")
        .with("ENV", "/nowhere")
        .with("LANG", "xx_XX.UTF-8")
        .with("LC_ALL", "C.UTF-8")
        .with("LD_LIBRARY_PATH", "/nowhere")
        .with("TCPTABLE_0", "not ours")
        .with("-u", "an option");
  }

  @Test
  void allOfItIsAsItWas() throws Exception {
    Path place = Files.createDirectory(folder.resolve("a b'$(x)\"\\"));
    Path log = Files.createFile(folder.resolve("out.log"));
    Path errors = Files.createFile(folder.resolve("err.log"));
    OsProcess was =
        withOddVariables(server())
            .after("nice", "-n", "3", "prlimit", "--nofile=777:1234", "--core=0:1000")
            .after("sh", "-c", "umask 0137; exec \"$@\"", "sh")
            .in(place)
            .writing(log, errors)
            .start();
    Map<String, Object> before = RunningServer.surroundings(was);

    OsProcess now = restart(asItWas());

    assertThat(now).isNotEqualTo(was);
    assertThat(RunningServer.surroundings(now)).isEqualTo(before);
    int own = Integer.parseInt(RunningServer.nice(Path.of("/proc/self")));
    assertThat(before.get("nice")).isEqualTo(Integer.toString(own + 3));
    assertThat(before.get("Umask")).isEqualTo("Umask:\t0137");
  }

  @Test
  void anotherUsersServerRunsAsThatUserAgain() throws Exception {
    assumeTrue(isRoot(), "needs root, to start a server of another user");
    Path log = Files.createFile(folder.resolve("out.log"));
    Files.setAttribute(log, "unix:uid", NOBODY);
    OsProcess was =
        withOddVariables(server())
            .after(
                "setpriv", "--reuid=65534", "--regid=65533", "--groups=33,65533", "--no-new-privs")
            .after("prlimit", "--nofile=500:600")
            .writing(log, log)
            .start();
    Map<String, Object> before = RunningServer.surroundings(was);
    assertThat(before.get("Uid")).isEqualTo("Uid:\t65534\t65534\t65534\t65534");

    RestartPlan plan = asItWas().plan();
    OsProcess now = restart(asItWas());

    assertThat(RunningServer.surroundings(now)).isEqualTo(before);
    assertThat(plan.userChange()).isEmpty();
    assertThat(plan.launch().orElseThrow().differences())
        .contains(
            new Difference(Kind.USER, "nobody"),
            new Difference(Kind.GROUPS, "65533, 33"),
            new Difference(Kind.LIMIT, "nofile 500:600"),
            new Difference(Kind.NO_NEW_PRIVILEGES, "cannot be gained by running a program"));
  }

  @Test
  void theProcessThatHasStartedTheOthersIsTheServer() throws Exception {
    OsProcess was = server().command(Children.server(port, "--workers=2")).start();
    OsProcess master = was.parent().filter(it -> it.name().equals(was.name())).orElse(was);

    RestartPlan plan = asItWas().plan();
    assertThat(plan.targets()).hasSize(3);
    assertThat(plan.launch().orElseThrow().process()).isEqualTo(master);

    restart(asItWas());
    assertThat(asItWas().plan().targets()).hasSize(3);
  }

  @Test
  void partsOfItCanBeChanged() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path log = folder.resolve("new.log");
    OsProcess was = server().with("A", "1").with("B", "2").start();
    Map<String, Object> before = new LinkedHashMap<>(RunningServer.surroundings(was));

    OsProcess now =
        restart(
            asItWas()
                .directory(other)
                .environment("A", "changed")
                .environment("C", "new")
                .unsetEnvironment("B")
                .log(log));

    Map<String, Object> after = new LinkedHashMap<>(RunningServer.surroundings(now));
    assertThat(after).containsEntry("cwd", other.toString()).containsEntry("fd/1", log.toString());
    assertThat(after.get("environ"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.collection(String.class))
        .containsExactlyInAnyOrder("", "A=changed", "C=new", "PATH=/usr/bin:/bin");
    for (String changed : List.of("cwd", "fd/1", "fd/2", "environ")) {
      before.remove(changed);
      after.remove(changed);
    }
    assertThat(after).isEqualTo(before);
  }

  @Test
  void outputThatWasNoFileGoesToTheLog() throws Exception {
    Path log = folder.resolve("new.log");
    server().writing(Path.of("/dev/null"), Path.of("/dev/full")).start();

    PlannedLaunch launch = asItWas().plan().launch().orElseThrow();
    assertThat(launch.output()).isEqualTo(Path.of("/dev/null"));
    assertThat(launch.error().getFileName()).hasToString("tcptable-" + port + ".log");

    OsProcess now = restart(asItWas().log(log));
    assertThat(RunningServer.surroundings(now))
        .containsEntry("fd/1", log.toString())
        .containsEntry("fd/2", log.toString());
  }

  /** By now another file has the name: nothing must be written to it. */
  @Test
  void aLogThatWasMovedAwayIsNotReplacedByWhatHasItsName() throws Exception {
    Path log = Files.createFile(folder.resolve("out.log"));
    Path other = Files.createFile(folder.resolve("other"));
    server().writing(log, log).start();
    Files.delete(log);
    Files.createSymbolicLink(log, other);

    PlannedLaunch launch = asItWas().plan().launch().orElseThrow();

    assertThat(launch.output().getFileName()).hasToString("tcptable-" + port + ".log");
    assertThat(Files.exists(log, LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void aPipeAtItsEndIsAnEmptyInput() throws Exception {
    server().start();
    OsProcess once = restart(asItWas());
    assertThat(Files.readSymbolicLink(Path.of("/proc", "" + once.pid(), "fd/0")).toString())
        .startsWith("pipe:");

    assertThat(restart(asItWas())).isNotEqualTo(once);
  }

  @Test
  void aPlanNamesVariablesAndNoValues() throws Exception {
    withOddVariables(server()).start();

    RestartPlan plan = asItWas().plan();

    PlannedLaunch launch = plan.launch().orElseThrow();
    assertThat(launch.variables()).contains("SECRET", "EMPTY", "PATH");
    assertThat(launch.differences()).contains(new Difference(Kind.VARIABLE_ADDED, "SECRET"));
    assertThat(plan + launch.toString() + plan.start()).doesNotContain("s3cret");
  }

  @Test
  void aServerThatHasChangedSinceThePlanIsNotStopped() throws Exception {
    OsProcess server = server().start();
    RestartPlan plan = asItWas().plan();
    assertThat(
            new ProcessBuilder("prlimit", "--pid", "" + server.pid(), "--core=0:0")
                .redirectError(Redirect.to(new File("/dev/null")))
                .start()
                .waitFor())
        .isZero();

    RestartReport report = asItWas().run(plan);

    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.refusal().orElseThrow().kind()).isEqualTo(Refusal.Kind.OWNERS_CHANGED);
    assertThat(server.exists()).isTrue();
  }

  @Test
  void whereNobodyListensThereIsNothingToStartAgain() throws Exception {
    Refusal refusal = asItWas().plan().refusal().orElseThrow();

    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_REPRODUCIBLE);
    assertThat(refusal.message())
        .isEqualTo("no server listens on port " + port + ", so there is none to start again");
  }
}
