package io.gendan.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.UUID;

class CursorTests {

    @Test
    void comesBackAsItWent() {
        var at = Instant.parse("2026-11-11T12:00:00.123456Z");
        var id = UUID.randomUUID();

        var cursor = Cursor.decode(Cursor.at(at, id, 7, "客服").encoded());

        assertThat(cursor.instant(0)).isEqualTo(at);
        assertThat(cursor.id(1)).isEqualTo(id);
        assertThat(cursor.number(2)).isEqualTo(7);
        assertThat(cursor.text(3)).isEqualTo("客服");
    }

    @Test
    void isOfOneList() {
        var cursor = Cursor.decode(Cursor.at(7).of("newest").of("parcels").encoded());

        assertThat(cursor.in("parcels").in("newest").number(0)).isEqualTo(7);
        assertThatThrownBy(() -> cursor.in("letters")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> cursor.in("parcels").in("newest").in("7").number(0))
                .isInstanceOf(Problem.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+500000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z", "yesterday", ""})
    void refusesInstantsThatNoDatabaseKnows(String made) {
        var cursor = Cursor.decode(Cursor.at(made).encoded());

        assertThatThrownBy(() -> cursor.instant(0)).isInstanceOf(Problem.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AA", "YQdi", "%%%"})
    void refusesWhatIsNoText(String encoded) {
        assertThatThrownBy(() -> Cursor.decode(encoded)).isInstanceOf(Problem.class);
    }
}
