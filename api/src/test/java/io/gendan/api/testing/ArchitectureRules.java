package io.gendan.api.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

import io.gendan.api.Allowed;
import io.gendan.api.ChangesNothing;
import io.gendan.api.Scope;
import io.gendan.api.Unscoped;

import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Repository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How every service is built. A service's {@code ArchitectureTests} holds one line: {@code
 * ArchitectureRules.check("io.gendan.routing")}. The words: the top package holds model and desks,
 * {@code web} and {@code kafka} below it depend inwards.
 */
public final class ArchitectureRules {

    private static final Set<String> ASKING_THE_CLOCK = Set.of("now", "systemUTC", "system");

    private ArchitectureRules() {}

    /** Holds the production code of a service to all rules; tells every breach. */
    public static void check(String service) {
        var code =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(service);
        var all = new SoftAssertions();
        for (var rule : rules(service)) {
            all.assertThatCode(() -> rule.allowEmptyShould(true).check(code))
                    .doesNotThrowAnyException();
        }
        all.assertAll();
    }

    static List<ArchRule> rules(String service) {
        return List.of(
                modelIsPlain(service),
                kafkaIsInMessagingOnly(),
                webTypesAreInWebOnly(service),
                technologyDependsInwards(service),
                packagesHaveNoCycles(service),
                nobodyAsksTheSystemClock(),
                handlersSayWhoMay(),
                readersTakeAScope(service));
    }

    static ArchRule modelIsPlain(String service) {
        return noClasses()
                .that()
                .resideInAPackage(service)
                .and(not("used by Spring", ArchitectureRules::isKnownToSpring))
                .should()
                .dependOnClassesThat(
                        describe(
                                "are technology",
                                type ->
                                        isIn(
                                                type,
                                                "org.springframework",
                                                "org.apache.kafka",
                                                "java.sql",
                                                "javax.sql",
                                                "jakarta.servlet")))
                .because("a model is read and tested alone; what needs Spring is a stereotype");
    }

    static ArchRule kafkaIsInMessagingOnly() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("io.gendan.messaging..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.kafka..", "org.apache.kafka..")
                .because("events leave by the outbox and come in by @Receives");
    }

    static ArchRule webTypesAreInWebOnly(String service) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(service + ".web..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.servlet..",
                        "org.springframework.web..",
                        "org.springframework.http..");
    }

    static ArchRule technologyDependsInwards(String service) {
        return noClasses()
                .that()
                .resideInAPackage(service)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(service + ".web..", service + ".kafka..");
    }

    static ArchRule packagesHaveNoCycles(String service) {
        return slices().assignedFrom(
                        new SliceAssignment() {
                            @Override
                            public SliceIdentifier getIdentifierOf(JavaClass type) {
                                return isIn(type, service)
                                        ? SliceIdentifier.of(type.getPackageName())
                                        : SliceIdentifier.ignore();
                            }

                            @Override
                            public String getDescription() {
                                return "packages of " + service;
                            }
                        })
                .should()
                .beFreeOfCycles();
    }

    static ArchRule nobodyAsksTheSystemClock() {
        return noClasses()
                .should()
                .callMethodWhere(
                        describe(
                                "asks the system clock",
                                (JavaMethodCall call) -> asksTheClock(call.getTarget())))
                .orShould()
                .callConstructor(Date.class)
                .because("time comes from the database's clock and is handed in");
    }

    static ArchRule handlersSayWhoMay() {
        return methods()
                .that()
                .areMetaAnnotatedWith(RequestMapping.class)
                .should()
                .beAnnotatedWith(Allowed.class)
                .orShould()
                .beDeclaredInClassesThat()
                .areAnnotatedWith(Allowed.class);
    }

    /** What a reading handler calls in the service, and what web calls in a repository. */
    static ArchRule readersTakeAScope(String service) {
        return classes()
                .that()
                .resideInAPackage(service + ".web..")
                .should(
                        new ArchCondition<>("read with a Scope") {
                            @Override
                            public void check(JavaClass controller, ConditionEvents events) {
                                for (var call : controller.getMethodCallsFromSelf()) {
                                    if (isUnscopedRead(service, call)) {
                                        events.add(
                                                SimpleConditionEvent.violated(
                                                        call,
                                                        call.getDescription()
                                                                + " without a Scope"));
                                    }
                                }
                            }
                        });
    }

    private static boolean isUnscopedRead(String service, JavaMethodCall call) {
        var target = call.getTarget();
        var owner = target.getOwner();
        var origin = call.getOrigin();
        return isIn(owner, service)
                && !isIn(owner, service + ".web")
                && !owner.isRecord()
                && !owner.isEnum()
                && !origin.isAnnotatedWith(Unscoped.class)
                && !target.getRawReturnType().isAssignableTo(Scope.class)
                && (isReading(origin instanceof JavaMethod method ? method : null)
                        || owner.isMetaAnnotatedWith(Repository.class))
                && target.getRawParameterTypes().stream()
                        .noneMatch(type -> type.isAssignableTo(Scope.class));
    }

    private static boolean isReading(@Nullable JavaMethod method) {
        return method != null
                && (method.isAnnotatedWith(GetMapping.class)
                        || method.isAnnotatedWith(ChangesNothing.class));
    }

    private static boolean asksTheClock(CodeUnitCallTarget target) {
        var owner = target.getOwner();
        return owner.isEquivalentTo(System.class) && target.getName().equals("currentTimeMillis")
                || owner.isEquivalentTo(Clock.class) && target.getName().startsWith("system")
                || isIn(owner, Instant.class.getPackageName())
                        && ASKING_THE_CLOCK.contains(target.getName())
                        && target.getRawParameterTypes().stream()
                                .noneMatch(type -> type.isEquivalentTo(Clock.class));
    }

    private static boolean isKnownToSpring(JavaClass type) {
        var outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer.isMetaAnnotatedWith(Component.class)
                || outer.isMetaAnnotatedWith(Configuration.class)
                || outer.isAnnotatedWith(ConfigurationProperties.class)
                || outer.getSimpleName().equals("package-info");
    }

    private static boolean isIn(JavaClass type, String... packages) {
        for (var name : packages) {
            if (type.getPackageName().equals(name)
                    || type.getPackageName().startsWith(name + ".")) {
                return true;
            }
        }
        return false;
    }

    private static DescribedPredicate<JavaClass> not(
            String description, Predicate<JavaClass> predicate) {
        return describe("are not " + description, type -> !predicate.test(type));
    }
}
