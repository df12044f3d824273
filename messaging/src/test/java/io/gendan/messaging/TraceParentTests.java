package io.gendan.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTests {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void goesOnInTheTraceOfTheCauseAsAStepOfItsOwn() {
        var cause = "00-" + TRACE + "-00f067aa0ba902b7-00";

        var next = TraceParent.after(cause);

        assertThat(next).matches("00-" + TRACE + "-[0-9a-f]{16}-01");
        assertThat(next).doesNotContain("00f067aa0ba902b7");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "someone's own",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-" + TRACE + "-0000000000000000-01",
                "01-" + TRACE + "-00f067aa0ba902b7-01-more"
            })
    void beginsATraceWhereThereIsNone(String cause) {
        var first = TraceParent.after(cause);

        assertThat(first).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01").doesNotContain(TRACE);
        assertThat(TraceParent.after(cause)).isNotEqualTo(first);
    }
}
