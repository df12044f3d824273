package io.gendan.messaging;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import io.gendan.messaging.testing.BrokerRules;

import java.time.Instant;

@AnalyzeClasses(
        packages = "io.gendan.messaging",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest static final ArchRule broker = BrokerRules.ONLY_MESSAGING_TALKS_TO_THE_BROKER;

    @ArchTest
    static final ArchRule knowsNoDomain =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.gendan.events..", "io.gendan.api..");

    @ArchTest
    static final ArchRule takesTheTimeFromTheDatabase =
            noClasses().should().callMethod(Instant.class, "now");

    @ArchTest
    static void showsOnlyWhatServicesNeed(JavaClasses classes) {
        assertThat(classes)
                .filteredOn(one -> one.getModifiers().contains(JavaModifier.PUBLIC))
                .filteredOn(one -> one.getEnclosingClass().isEmpty())
                .extracting(JavaClass::getSimpleName)
                .containsExactlyInAnyOrder(
                        "CodeMigration",
                        "EventJson",
                        "EventLog",
                        "Origin",
                        "Receives",
                        "Received",
                        "DatabaseClock",
                        "MessagingSettings");
    }
}
