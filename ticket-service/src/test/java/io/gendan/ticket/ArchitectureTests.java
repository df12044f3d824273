package io.gendan.ticket;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

import io.gendan.api.testing.ArchitectureRules;

import org.junit.jupiter.api.Test;

import java.util.Set;

class ArchitectureTests {

    private static final Set<String> INSIDE = Set.of("say", "state");

    @Test
    void isBuiltAsEveryServiceIs() {
        ArchitectureRules.check("io.gendan.ticket");
    }

    /** A ticket's state changes inside it: what decides about one is a part of it. */
    @Test
    void onlyTheTicketItselfSaysWhatHappensToIt() {
        var ours =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.gendan.ticket");
        ArchRuleDefinition.noClasses()
                .that()
                .areNotAssignableTo(Telling.class)
                .should()
                .accessTargetWhere(
                        DescribedPredicate.describe(
                                "they are the inside of a ticket",
                                (JavaAccess<?> access) ->
                                        access.getTargetOwner().isAssignableTo(Telling.class)
                                                && INSIDE.contains(access.getTarget().getName())))
                .check(ours);
    }
}
