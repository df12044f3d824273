package io.gendan.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

class ProblemTextsTests {

    @Test
    void saysEverythingInBothLanguages() throws IOException {
        var english = texts("problems.properties");
        assertThat(texts("problems_zh_CN.properties").stringPropertyNames())
                .isEqualTo(english.stringPropertyNames());
        for (var key : english.stringPropertyNames()) {
            assertThat(english).containsKey(key.replace(".title", ".detail"));
        }
    }

    private static Properties texts(String file) throws IOException {
        var texts = new Properties();
        try (var in = Problem.class.getResourceAsStream(file)) {
            texts.load(new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8));
        }
        return texts;
    }
}
