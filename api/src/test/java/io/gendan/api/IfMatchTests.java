package io.gendan.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class IfMatchTests {

    @Test
    void isAVersionOrAny() {
        assertThat(IfMatch.parse(List.of("\"3\"")).version()).isEqualTo(3);
        assertThat(IfMatch.parse(List.of(" \"3\" ")).version()).isEqualTo(3);
        assertThat(IfMatch.parse(List.of("*")).version()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "W/\"3\"",
                "3",
                "\"3",
                "\"\"",
                "\"-3\"",
                "\"3\", \"4\"",
                "\"3\", *",
                "\"9999999999999999999\"",
                "\"\u0663\"",
                ""
            })
    void isNothingElse(String given) {
        assertRefused(List.of(given), "if-match-invalid");
    }

    @Test
    void isOne() {
        assertRefused(List.of("\"3\"", "\"4\""), "if-match-invalid");
        assertRefused(List.of(), "if-match-missing");
    }

    private static void assertRefused(List<String> headers, String slug) {
        assertThatThrownBy(() -> IfMatch.parse(headers))
                .isInstanceOfSatisfying(
                        Problem.class, refused -> assertThat(refused.slug()).isEqualTo(slug));
    }
}
