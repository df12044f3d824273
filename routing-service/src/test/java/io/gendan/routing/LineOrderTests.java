package io.gendan.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.routing.LineOrder.Place;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

class LineOrderTests {

    private static final int AT_MOST = 3;

    private final List<Place> line = new ArrayList<>();

    @Test
    void putsTheOldestFirst() {
        stands("young", false, 20);
        stands("old", false, 10);

        assertThat(leaving()).containsExactly("old", "young");
    }

    @Test
    void letsThreeVipsPassAndThenOneOther() {
        for (int n = 1; n <= 5; n++) {
            stands("vip-" + n, true, 100 + n);
        }
        stands("other-1", false, 1);
        stands("other-2", false, 2);

        assertThat(leaving())
                .containsExactly("vip-1", "vip-2", "vip-3", "other-1", "vip-4", "vip-5", "other-2");
    }

    @Test
    void letsVipsPassWithoutEndWhenNobodyElseStandsThere() {
        for (int n = 1; n <= 5; n++) {
            stands("vip-" + n, true, n);
        }

        assertThat(leaving()).containsExactly("vip-1", "vip-2", "vip-3", "vip-4", "vip-5");
    }

    @Test
    void tellsEqualAgesApart() {
        stands("b", false, 1);
        stands("a", false, 1);

        assertThat(leaving()).isEqualTo(leaving()).hasSize(2);
    }

    private final List<String> names = new ArrayList<>();

    private void stands(String name, boolean vip, int second) {
        names.add(name);
        line.add(new Place(new UUID(0, names.size()), vip, Instant.ofEpochSecond(second)));
    }

    private List<String> leaving() {
        var left = new ArrayList<String>();
        var standing = new ArrayList<>(line);
        int vipsInARow = 0;
        while (!standing.isEmpty()) {
            var next = LineOrder.of(standing, vipsInARow, AT_MOST).getFirst();
            vipsInARow = LineOrder.afterLeaving(next, vipsInARow);
            standing.remove(next);
            left.add(names.get((int) next.ticketId().getLeastSignificantBits() - 1));
        }
        return left;
    }
}
