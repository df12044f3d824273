package io.gendan.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

import io.gendan.api.Caller;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

class ArchitectureRulesTests {

    private static final String SOUND = "io.gendan.api.sound";
    private static final String UNSOUND = "io.gendan.api.unsound";
    private static final JavaClasses SOUND_CODE = classes(SOUND);
    private static final JavaClasses UNSOUND_CODE = classes(UNSOUND);

    @ParameterizedTest
    @MethodSource("soundRules")
    void letsSoundCodePass(ArchRule rule) {
        assertThatCode(() -> rule.allowEmptyShould(true).check(SOUND_CODE))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("unsoundRules")
    void findsEveryBreach(ArchRule rule) {
        assertThat(rule.evaluate(UNSOUND_CODE).hasViolation()).isTrue();
    }

    @Test
    void holdsThisModuleToWhatConcernsIt() {
        var code =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(Caller.class.getPackageName());
        ArchitectureRules.kafkaIsInMessagingOnly().check(code);
        ArchitectureRules.nobodyAsksTheSystemClock().check(code);
        ArchitectureRules.handlersSayWhoMay().check(code);
    }

    static List<ArchRule> soundRules() {
        return ArchitectureRules.rules(SOUND);
    }

    static List<ArchRule> unsoundRules() {
        return ArchitectureRules.rules(UNSOUND);
    }

    private static JavaClasses classes(String name) {
        return new ClassFileImporter().importPackages(name);
    }
}
