// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tcptable.program.command.Command;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who may know whom in the program: a command knows the frame, the frame knows no command. */
class RoomsTest {

  private static final String PROGRAM = "io.tcptable.program";

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

  @Test
  void theFrameKnowsNoCommand() {
    noClasses()
        .that(resideInAnyPackage(PROGRAM + ".command", PROGRAM + ".json", PROGRAM + ".terminal"))
        .should()
        .dependOnClassesThat(
            resideInAPackage(PROGRAM + "..")
                .and(
                    DescribedPredicate.not(
                        resideInAnyPackage(
                            PROGRAM + ".command", PROGRAM + ".json", PROGRAM + ".terminal"))))
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
        .that(resideInAnyPackage(PROGRAM + ".terminal", PROGRAM + ".json"))
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
}
