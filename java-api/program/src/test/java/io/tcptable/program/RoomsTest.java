// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tcptable.program.command.Command;
import io.tcptable.program.terminal.LineWrapper;
import java.io.FileDescriptor;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who may know whom in the program: a command knows the frame, the frame knows no command. */
class RoomsTest {

  private static final String PROGRAM = "io.tcptable.program";

  /** The rooms that are no command. */
  private static final String[] FRAME = {
    PROGRAM + ".command", PROGRAM + ".json", PROGRAM + ".terminal", PROGRAM + ".foreign"
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/test/"))
          .importPackages(PROGRAM);

  @Test
  void allOfItIsLookedAt() {
    assertThat(CLASSES.contain(Main.class)).isTrue();
    assertThat(CLASSES.contain(Command.class)).isTrue();
    assertThat(CLASSES.contain(Answer.class)).isFalse();
  }

  @Test
  void roomsHaveNoCycle() {
    slices().matching(PROGRAM + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  /** Else a child that the JVM waits for would be taken for an orphan, while a guard reaps. */
  @Test
  void programsAreStartedInOnePlace() {
    noClasses()
        .should()
        .callMethod(ProcessBuilder.class, "start")
        .orShould()
        .callMethod(ProcessBuilder.class, "startPipeline", List.class)
        .orShould()
        .accessTargetWhere(target(owner(type(Runtime.class))).and(target(nameMatching("exec"))))
        .check(CLASSES);
  }

  @Test
  void theFrameKnowsNoCommand() {
    noClasses()
        .that(resideInAnyPackage(FRAME))
        .should()
        .dependOnClassesThat(resideInAPackage(PROGRAM + "..").and(not(resideInAnyPackage(FRAME))))
        .check(CLASSES);
  }

  @Test
  void noRoomKnowsTheProgram() {
    noClasses()
        .that(resideInAPackage(PROGRAM + ".*"))
        .should()
        .dependOnClassesThat(resideInAPackage(PROGRAM))
        .check(CLASSES);
  }

  @Test
  void aTerminalIsOnlyATerminal() {
    noClasses()
        .that(resideInAnyPackage(PROGRAM + ".terminal", PROGRAM + ".json", PROGRAM + ".foreign"))
        .should()
        .dependOnClassesThat(resideInAPackage(PROGRAM + ".command"))
        .check(CLASSES);
  }

  @Test
  void noTwoClassesHaveTheSameName() {
    assertThat(
            CLASSES.stream()
                .filter(type -> !type.isNestedClass())
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getSimpleName))
                .values())
        .allMatch(types -> types.size() == 1);
  }

  /**
   * Of the program itself: the backends of the demo run on their own. A screen has codes of JLine.
   */
  private static final Set<String> SPEAKS_ONLY_ITS_OWN_WORDS =
      Set.of(
          "ListCommand",
          "LiveScreen",
          "StateSummary",
          "Demonstration",
          "Program",
          "BrokenBackend",
          "HealthyBackend",
          "JsonOutput");

  @Test
  void whatOthersChosePassesTheRoomForeign() {
    Set<String> printing =
        CLASSES.stream()
            .filter(type -> !type.getPackageName().equals(PROGRAM + ".terminal"))
            .filter(
                type ->
                    type.getMethodCallsFromSelf().stream()
                        .anyMatch(
                            call ->
                                call.getTargetOwner().isEquivalentTo(PrintStream.class)
                                    && call.getName().startsWith("print")))
            .filter(
                type ->
                    type.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass())
                        .noneMatch(
                            it ->
                                it.getPackageName().equals(PROGRAM + ".foreign")
                                    || it.isEquivalentTo(LineWrapper.class)))
            .map(JavaClass::getSimpleName)
            .collect(Collectors.toSet());

    assertThat(printing).isEqualTo(SPEAKS_ONLY_ITS_OWN_WORDS);
  }

  @Test
  void onlyTheTerminalAndTheDemoHaveStreams() {
    noClasses()
        .that(not(resideInAnyPackage(PROGRAM + ".demo")))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
    noClasses()
        .that(not(resideInAPackage(PROGRAM + ".terminal")))
        .should()
        .dependOnClassesThat(type(FileDescriptor.class))
        .check(CLASSES);
  }

  @Test
  void theLibraryAloneWritesJson() {
    noClasses()
        .should()
        .dependOnClassesThat(resideInAPackage("com.fasterxml.jackson.."))
        .check(CLASSES);
  }
}
