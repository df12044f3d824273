package io.gendan.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class LogFileTests {

    @Test
    void findsTheInnermostCause() {
        assertThat(
                        LogFile.reason(
                                List.of(
                                        "ERROR Application run failed",
                                        "java.lang.IllegalStateException: outer",
                                        "\tat a.B.c(B.java:1)",
                                        "Caused by: java.net.BindException: inner",
                                        "\tat a.B.c(B.java:1)",
                                        "\t... 3 more")))
                .isEqualTo("Caused by: java.net.BindException: inner");
    }

    @Test
    void findsTheLastLineThatSpeaksOfTrouble() {
        assertThat(
                        LogFile.reason(
                                List.of(
                                        "creating configuration files ... ok",
                                        "initdb: error: could not write: No space left on device",
                                        "initdb: removing contents of data directory")))
                .contains("No space left");
    }

    @Test
    void saysSoWhenThereIsNothing() {
        assertThat(LogFile.reason(List.of())).isEqualTo("it said nothing");
    }
}
