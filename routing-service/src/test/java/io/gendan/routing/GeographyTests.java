package io.gendan.routing;

import static io.gendan.routing.RuleFixtures.GEOGRAPHY;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.Channel;
import io.gendan.events.Evidence;
import io.gendan.events.Region;
import io.gendan.events.Territory;
import io.gendan.routing.Placement.Anywhere;
import io.gendan.routing.Placement.Placed;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;

class GeographyTests {

    @Test
    void placesByTheProvinceOfTheDivision() {
        assertThat(GEOGRAPHY.place(region(Evidence.ADDRESS, null, "440305"), Channel.APP))
                .isEqualTo(new Placed(Territory.SOUTH, "province 44 Guangdong by ADDRESS"));
    }

    @Test
    void placesByTheOnlyTerritoryOfSeveralProvinces() {
        assertThat(GEOGRAPHY.place(region(Evidence.PROVINCE, null, "31", "32"), Channel.APP))
                .isEqualTo(new Placed(Territory.EAST, "province 31 Shanghai by PROVINCE"));
    }

    @Test
    void prefersThePhoneWhereProvincesDisagree() {
        assertThat(GEOGRAPHY.place(region(Evidence.ADDRESS, "0755", "31", "44"), Channel.APP))
                .isEqualTo(
                        new Placed(
                                Territory.SOUTH,
                                "province 44 Guangdong by the phone among 31 Shanghai,"
                                        + " 44 Guangdong by ADDRESS"));
    }

    @Test
    void takesTheMostFrequentTerritoryElseTheFirst() {
        assertThat(territory(region(Evidence.ADDRESS, null, "44", "31", "32")))
                .isEqualTo(Territory.EAST);
        assertThat(GEOGRAPHY.place(region(Evidence.ADDRESS, null, "44", "11"), Channel.APP))
                .isEqualTo(
                        new Placed(
                                Territory.SOUTH,
                                "province 44 Guangdong, most frequent or first among 44 Guangdong,"
                                        + " 11 Beijing by ADDRESS"));
    }

    @Test
    void readsAreaAndCountryCodesWithoutDivision() {
        assertThat(territory(region(Evidence.PHONE, "010"))).isEqualTo(Territory.NORTH);
        assertThat(territory(region(Evidence.PHONE, "0755"))).isEqualTo(Territory.SOUTH);
        assertThat(territory(region(Evidence.PHONE, "+852"))).isEqualTo(Territory.SOUTH);
        assertThat(territory(region(Evidence.PHONE, "852"))).isEqualTo(Territory.SOUTH);
    }

    @Test
    void sendsOverseasCustomersToTheirHome() {
        assertThat(GEOGRAPHY.place(region(Evidence.PHONE, "+44"), Channel.APP))
                .isEqualTo(
                        new Placed(Territory.EAST, "home of overseas customers, country code +44"));
    }

    @Test
    void fallsBackToTheChannelsHome() {
        assertThat(GEOGRAPHY.place(region(Evidence.CHANNEL, null), Channel.MERCHANT))
                .isEqualTo(new Placed(Territory.EAST, "region CHANNEL, home of channel MERCHANT"));
    }

    @Test
    void goesAnywhereWhenNothingTells() {
        assertThat(GEOGRAPHY.place(region(Evidence.UNRECOGNISED, "+86", "99", "x"), Channel.APP))
                .isEqualTo(new Anywhere("region UNRECOGNISED, most spare capacity"));
    }

    private static Territory territory(Region region) {
        return GEOGRAPHY.place(region, Channel.APP) instanceof Placed(var territory, var _)
                ? territory
                : Territory.UNKNOWN;
    }

    private static Region region(
            Evidence evidence, @Nullable String areaCode, String... divisions) {
        return new Region(List.of(divisions), null, areaCode, evidence);
    }
}
