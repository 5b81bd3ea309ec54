// SPDX-License-Identifier: Apache-2.0
package io.tcptable.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.tcptable.TcpTable;
import io.tcptable.internal.binding.BindingName;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.binding.WindowsCalls;
import io.tcptable.internal.platform.Platform;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Who may know whom: {@code program -> guard -> {diagnose, restart, watch} -> {health,
 * internal.server} -> io.tcptable -> internal -> internal.{linux, windows} -> internal.platform ->
 * process}.
 */
class ArrowsTest {

  private static final String ROOT = "io.tcptable";
  private static final String INTERNAL = ROOT + ".internal";
  private static final String SEAM = INTERNAL + ".binding";
  private static final String TABLE = INTERNAL + ".table";
  private static final String[] PROVIDERS =
      BindingName.providers(LinuxCalls.class).keySet().stream()
          .map(name -> SEAM + "." + name)
          .toArray(String[]::new);

  private static final Set<String> OF_THE_JDK = Set.of(SEAM + ".ffm", SEAM + ".jni");

  private static final Pattern WORD_OF_A_SYSTEM =
      Pattern.compile(
          "systemctl|journalctl|machinectl|\\bsystemd\\b|\\bsudo\\b|netsh|taskkill|/proc\\b|/run\\b"
              + "|/dev/\\w*|\\bSIG[A-Z]{3,}\\b|sysctl|ulimit|PowerShell|\\bWindows\\b|\\bLinux\\b|setsid|os\\.name|\\bkill"
              + " -");

  /**
   * What supervises servers is of one system or another, and is known by name. The findings have
   * these words only where they are made, which is on Linux.
   */
  private static final Map<String, Set<String>> EXCEPTIONS =
      Map.of(
          "io.tcptable.internal.Platforms", Set.of("os.name"),
          "io.tcptable.diagnose.DescriptorsExhausted", Set.of("ulimit"),
          "io.tcptable.diagnose.ProcessBlocked", Set.of("SIGKILL"),
          "io.tcptable.diagnose.SuggestedCommands", Set.of("/dev/"),
          "io.tcptable.internal.server.SocketActivation", Set.of("systemctl", "systemd"),
          "io.tcptable.internal.server.PortForwarder", Set.of("systemd"),
          "io.tcptable.internal.server.SupervisorCommand",
              Set.of("systemctl", "journalctl", "machinectl"));

  private static final Path HERE = here();

  /** Of the base and of the part for Java 22. */
  static final JavaClasses CLASSES = new ClassFileImporter().importPaths(parts());

  /** The room of each operating system is where its {@link Platform} is. */
  private static final String[] SYSTEMS =
      CLASSES.stream()
          .filter(type -> !type.isInterface() && type.isAssignableTo(Platform.class))
          .map(type -> type.getPackageName() + "..")
          .toArray(String[]::new);

  /** Where words of a system may occur. */
  private static final DescribedPredicate<JavaClass> ROOMS_OF_SYSTEMS =
      resideInAnyPackage(SYSTEMS).or(resideInAnyPackage(SEAM + "..", ROOT + ".program.."));

  private static Path here() {
    try {
      return Path.of(TcpTable.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> parts() {
    return Stream.of(HERE, HERE.resolve("META-INF/versions/22"), HERE.resolveSibling("ffm"))
        .filter(Files::isDirectory)
        .toList();
  }

  @Test
  void allOfItIsLookedAt() {
    assertThat(SYSTEMS).contains(INTERNAL + ".linux..", INTERNAL + ".windows..");
    assertThat(CLASSES.contain("io.tcptable.TcpTable")).isTrue();
    for (Class<?> seam : List.of(LinuxCalls.class, WindowsCalls.class)) {
      BindingName.providers(seam)
          .forEach(
              (name, provider) ->
                  assertThat(CLASSES.contain(provider))
                      .as(provider)
                      .isEqualTo(isBuilt(BindingName.valueOf(name.toUpperCase(Locale.ROOT)))));
    }
  }

  private static boolean isBuilt(BindingName name) {
    return name.leftOut().isEmpty();
  }

  /** The rooms from the program to the kernel: each may know those after it, as far as it says. */
  @Test
  void nothingPointsBack() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
        .optionalLayer("program")
        .definedBy(ROOT + ".program..")
        .layer("metrics")
        .definedBy(INTERNAL + ".metrics..")
        .layer("flight")
        .definedBy(ROOT + ".flight..")
        .layer("watch")
        .definedBy(ROOT + ".watch..")
        .layer("guard")
        .definedBy(ROOT + ".guard..")
        .layer("restart")
        .definedBy(ROOT + ".restart..")
        .layer("diagnose")
        .definedBy(ROOT + ".diagnose..")
        .layer("health")
        .definedBy(ROOT + ".health..")
        .layer("server")
        .definedBy(INTERNAL + ".server..")
        .layer("api")
        .definedBy(ROOT)
        .layer("platforms")
        .definedBy(INTERNAL)
        .layer("systems")
        .definedBy(SYSTEMS)
        .layer("platform")
        .definedBy(INTERNAL + ".platform..")
        .layer("table")
        .definedBy(TABLE)
        .layer("process")
        .definedBy(ROOT + ".process..")
        .layer("seam")
        .definedBy(SEAM)
        .layer("providers")
        .definedBy(PROVIDERS)
        .whereLayer("program")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("metrics")
        .mayOnlyBeAccessedByLayers("program")
        .whereLayer("flight")
        .mayOnlyBeAccessedByLayers("diagnose", "watch")
        .whereLayer("watch")
        .mayOnlyBeAccessedByLayers("program", "guard")
        .whereLayer("guard")
        .mayOnlyBeAccessedByLayers("program")
        .whereLayer("restart")
        .mayOnlyBeAccessedByLayers("program", "guard")
        .whereLayer("diagnose")
        .mayOnlyBeAccessedByLayers("program", "guard")
        .whereLayer("health")
        .mayOnlyBeAccessedByLayers("program", "guard", "restart", "diagnose")
        .whereLayer("server")
        .mayOnlyBeAccessedByLayers("program", "metrics", "watch", "guard", "restart", "diagnose")
        .whereLayer("api")
        .mayOnlyBeAccessedByLayers(
            "program",
            "metrics",
            "flight",
            "watch",
            "guard",
            "restart",
            "diagnose",
            "health",
            "server")
        .whereLayer("platforms")
        .mayOnlyBeAccessedByLayers(
            "program", "watch", "guard", "restart", "diagnose", "health", "server", "api")
        .whereLayer("systems")
        .mayOnlyBeAccessedByLayers("platforms")
        .whereLayer("table")
        .mayOnlyBeAccessedByLayers("api", "systems", "platform")
        .whereLayer("seam")
        .mayOnlyBeAccessedByLayers("platforms", "systems", "platform", "providers", "program")
        .whereLayer("providers")
        .mayNotBeAccessedByAnyLayer()
        .check(CLASSES);
  }

  @Test
  void theLibraryHoldsNothingOfTheProgram() {
    assumeThat(HERE.endsWith("target/classes")).as("the library's own classes").isTrue();
    noClasses().should().resideInAPackage(ROOT + ".program..").check(CLASSES);
  }

  /**
   * A word is one of one system if it would be wrong on another: its files, commands, signals, and
   * its name. They are in its own room, in the seam below it, and where it is named here.
   */
  @Test
  void aSystemsWordsAreInItsOwnRoom() throws IOException {
    List<String> found = new ArrayList<>();
    ClassConstants.below(HERE)
        .forEach(
            (name, constants) -> {
              // Not a class, and so in no room.
              boolean isModule = name.equals("module-info");
              if (!isModule && !ROOMS_OF_SYSTEMS.test(CLASSES.get(name))) {
                constants.stream()
                    .flatMap(text -> WORD_OF_A_SYSTEM.matcher(text).results())
                    .map(MatchResult::group)
                    .filter(word -> !EXCEPTIONS.getOrDefault(name, Set.of()).contains(word))
                    .map(word -> name + ": " + word)
                    .forEach(found::add);
              }
            });
    assertThat(found).isEmpty();
  }

  /** In the seam and the rooms of systems, too. */
  @Test
  void onePlaceDecidesWhichSystemThisIs() throws IOException {
    Set<String> asking = new TreeSet<>();
    ClassConstants.below(HERE)
        .forEach(
            (name, constants) -> {
              if (constants.contains("os.name") && !name.startsWith(ROOT + ".program.")) {
                asking.add(name);
              }
            });
    assertThat(asking).containsExactly("io.tcptable.internal.Platforms");
  }

  @Test
  void noTwoClassesHaveTheSameName() {
    assertThat(
            CLASSES.stream()
                .filter(type -> !type.getPackageName().startsWith(ROOT + ".program"))
                .filter(type -> !type.isNestedClass())
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getSimpleName, Collectors.toSet()))
                .values())
        .allMatch(types -> types.size() == 1);
  }

  @Test
  void aProviderKnowsTheSeamAndItselfOnly() {
    for (String provider : PROVIDERS) {
      noClasses()
          .that(resideInAPackage(provider))
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.tcptable..").and(not(resideInAnyPackage(SEAM, provider))))
          .check(CLASSES);
    }
  }

  @Test
  void theSeamKnowsNobody() {
    noClasses()
        .that(resideInAnyPackage(SEAM, TABLE))
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.tcptable..").and(not(resideInAnyPackage(SEAM, TABLE))))
        .check(CLASSES);
  }

  @Test
  void aCodecKnowsBytesAndNothingOfCalls() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("Codec")
        .should()
        .dependOnClassesThat(resideInAPackage(SEAM + ".."))
        .check(CLASSES);
  }

  @Test
  void roomsHaveNoCycle() {
    slices().matching("io.tcptable.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void namesSayWhatAClassDoes() {
    noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Info|Data|Item)(\\$.*)?")
        .check(CLASSES);
  }

  @Test
  void onlyTheProgramPrintsAndExits() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.tcptable.program..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }

  /**
   * An interruption of the thread closes a channel of a file, and what is read by it is lost. Only
   * a lock needs one.
   */
  @Test
  void filesAreNotReadThroughChannels() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.tcptable.internal.server.PortLock")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(FileChannel.class)
        .orShould()
        .callMethodWhere(
            target(owner(assignableTo(Files.class))).and(target(nameMatching("lines"))))
        .check(CLASSES);
  }

  /** Else a child that the JVM waits for would be taken for an orphan. */
  @Test
  void programsAreStartedInOnePlace() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.tcptable.internal.platform.ChildProcesses")
        .should()
        .callMethodWhere(
            target(owner(assignableTo(ProcessBuilder.class)))
                .and(target(nameMatching("start|startPipeline"))))
        .orShould()
        .callMethodWhere(
            target(owner(assignableTo(Runtime.class))).and(target(nameMatching("exec"))))
        .check(CLASSES);
  }

  /** But for the bindings that are through a library of another project. */
  @Test
  void theLibraryNeedsNothingButTheJdk() {
    String[] others =
        Stream.concat(Stream.of(ROOT + ".program.."), Stream.of(PROVIDERS))
            .filter(room -> !OF_THE_JDK.contains(room))
            .toArray(String[]::new);
    classes()
        .that()
        .resideOutsideOfPackages(others)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.tcptable..",
            "java..",
            "javax.net.ssl..",
            // Of the JDK, but may be missing, too.
            "jdk.jfr..",
            "org.jspecify..",
            // Annotations that may be missing.
            "com.fasterxml.jackson.annotation..")
        .check(CLASSES);
  }
}
