package io.gendan.messaging.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;

/** What holds for the classes of every service; needs ArchUnit on the test's class path. */
public final class BrokerRules {

    /** Events are told through the log and heard through {@code @Receives}, and in no other way. */
    public static final ArchRule ONLY_MESSAGING_TALKS_TO_THE_BROKER =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.gendan.messaging..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.springframework.kafka..", "org.apache.kafka..")
                    .allowEmptyShould(true);

    private BrokerRules() {}
}
