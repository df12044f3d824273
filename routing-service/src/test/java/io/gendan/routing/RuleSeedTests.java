package io.gendan.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gendan.events.Channel;
import io.gendan.events.Evidence;
import io.gendan.events.Kind;
import io.gendan.events.Level;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.Region;
import io.gendan.events.Territory;
import io.gendan.routing.Placement.Placed;
import io.gendan.routing.Rules.LevelRule;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.util.List;

/** The rules of a fresh Gendan, as the migration brings them. */
@RoutingTest
class RuleSeedTests {

    @Autowired Ledger ledger;
    @Autowired JdbcClient jdbc;

    @ParameterizedTest
    @CsvSource({
        "11, NORTH",
        "12, NORTH",
        "13, NORTH",
        "14, NORTH",
        "15, NORTH",
        "21, NORTHEAST",
        "22, NORTHEAST",
        "23, NORTHEAST",
        "31, EAST",
        "32, EAST",
        "33, EAST",
        "34, EAST",
        "35, EAST",
        "36, EAST",
        "37, EAST",
        "41, CENTRAL",
        "42, CENTRAL",
        "43, CENTRAL",
        "44, SOUTH",
        "45, SOUTH",
        "46, SOUTH",
        "50, SOUTHWEST",
        "51, SOUTHWEST",
        "52, SOUTHWEST",
        "53, SOUTHWEST",
        "54, SOUTHWEST",
        "61, NORTHWEST",
        "62, NORTHWEST",
        "63, NORTHWEST",
        "64, NORTHWEST",
        "65, NORTHWEST",
        "71, EAST",
        "81, SOUTH",
        "82, SOUTH"
    })
    void placesEveryProvince(String code, Territory territory) {
        assertThat(placed(new Region(List.of(code), null, null, Evidence.PROVINCE)))
                .isEqualTo(territory);
        assertThat(placed(new Region(List.of(code + "0102"), null, null, Evidence.ADDRESS)))
                .isEqualTo(territory);
    }

    @ParameterizedTest
    @CsvSource({
        "010, NORTH",
        "021, EAST",
        "020, SOUTH",
        "0755, SOUTH",
        "0898, SOUTH",
        "0891, SOUTHWEST",
        "0471, NORTH",
        "0451, NORTHEAST",
        "027, CENTRAL",
        "0631, EAST",
        "0991, NORTHWEST",
        "+852, SOUTH",
        "+853, SOUTH",
        "+886, EAST",
        "+1, EAST"
    })
    void placesLandlinesAndForeigners(String code, Territory territory) {
        assertThat(placed(new Region(List.of(), null, code, Evidence.PHONE))).isEqualTo(territory);
    }

    @ParameterizedTest
    @CsvSource({
        "CONSULTATION, NORMAL, CHAT, , 20",
        "CONSULTATION, NORMAL, APP, , 10",
        "REQUEST, NORMAL, APP, , 15",
        "COMPLAINT, NORMAL, APP, , 20",
        "COMPLAINT, HIGH, APP, , 30",
        "COMPLAINT, URGENT, APP, SAFETY, 50",
        "COMPLAINT, NORMAL, APP, REGULATOR, 40",
        "SUGGESTION, LOW, CHAT, , 10",
        "UNKNOWN, UNKNOWN, UNKNOWN, , 20"
    })
    void weighsByKindPriorityAndChannel(
            Kind kind, Priority priority, Channel channel, @Nullable Major major, int points) {
        assertThat(ledger.rules().workOf(kind, priority, channel, major).points())
                .isEqualTo(points);
    }

    @Test
    void givesLevelsTheirCapacitiesAndBounds() {
        var rules = ledger.rules();

        assertThat(rules.version()).isEqualTo("2026.1");
        assertThat(rules.levelRule(Level.JUNIOR)).isEqualTo(new LevelRule(60, 25, false));
        assertThat(rules.levelRule(Level.INTERMEDIATE)).isEqualTo(new LevelRule(80, 35, false));
        assertThat(rules.levelRule(Level.SENIOR)).isEqualTo(new LevelRule(100, 45, true));
        assertThat(rules.levelRule(Level.UNKNOWN)).isEqualTo(new LevelRule(0, 0, false));
        assertThat(rules.whileWaiting(50)).isEqualTo(10);
        assertThat(rules.vipsInARow()).isEqualTo(3);
    }

    @Test
    void givesEveryTerritoryTwoSeniors() {
        assertThat(
                        jdbc.sql(
                                        """
                                        SELECT count(*) FILTER (WHERE level = 'SENIOR') AS seniors
                                        FROM team JOIN agent ON team = team.id
                                        WHERE tier = 1 GROUP BY team.id
                                        """)
                                .query(Integer.class)
                                .list())
                .hasSize(7)
                .allMatch(seniors -> seniors >= 2);
    }

    @Test
    void neverLetsTheApplicationEditAVersion() {
        assertThatThrownBy(() -> jdbc.sql("UPDATE province SET territory = 'EAST'").update())
                .rootCause()
                .hasFieldOrPropertyWithValue("SQLState", "42501");
    }

    private Territory placed(Region region) {
        return ledger.rules().geography().place(region, Channel.APP)
                        instanceof Placed(var territory, var _)
                ? territory
                : Territory.UNKNOWN;
    }
}
