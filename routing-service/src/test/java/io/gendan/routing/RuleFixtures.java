package io.gendan.routing;

import io.gendan.events.Channel;
import io.gendan.events.Kind;
import io.gendan.events.Level;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.Territory;
import io.gendan.routing.Geography.Province;
import io.gendan.routing.Rules.LevelRule;
import io.gendan.routing.Rules.MajorMatch;
import io.gendan.routing.Rules.MayTake;
import io.gendan.routing.Rules.Work;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Rules small enough to be read beside a test, and needs and contenders for them. */
final class RuleFixtures {

    static final Geography GEOGRAPHY =
            new Geography(
                    Map.of(
                            "11", new Province("11", "Beijing", Territory.NORTH),
                            "31", new Province("31", "Shanghai", Territory.EAST),
                            "32", new Province("32", "Jiangsu", Territory.EAST),
                            "44", new Province("44", "Guangdong", Territory.SOUTH),
                            "81", new Province("81", "Hong Kong", Territory.SOUTH)),
                    Map.of("010", "11", "075", "44", "021", "31", "+852", "81"),
                    Map.of("OVERSEAS", Territory.EAST, "MERCHANT", Territory.EAST),
                    Map.of());

    static final Rules RULES =
            new Rules(
                    "test.1",
                    GEOGRAPHY,
                    Map.of(
                            Level.JUNIOR, new LevelRule(60, 25, false),
                            Level.INTERMEDIATE, new LevelRule(80, 35, false),
                            Level.SENIOR, new LevelRule(100, 45, true)),
                    List.of(
                            new MayTake(Level.JUNIOR, Kind.CONSULTATION, null),
                            new MayTake(Level.INTERMEDIATE, Kind.CONSULTATION, null),
                            new MayTake(Level.INTERMEDIATE, Kind.COMPLAINT, Priority.NORMAL),
                            new MayTake(Level.SENIOR, null, null)),
                    List.of(
                            new Work(
                                    null,
                                    null,
                                    null,
                                    new MajorMatch.AnyMajor(),
                                    50,
                                    Duration.ofHours(2)),
                            new Work(
                                    null,
                                    null,
                                    null,
                                    new MajorMatch.Whatever(),
                                    10,
                                    Duration.ZERO)),
                    20,
                    3,
                    Duration.ofHours(72));

    private RuleFixtures() {}

    static Need consultation() {
        return need(Kind.CONSULTATION, Priority.NORMAL, null, false, 10);
    }

    static Need complaint(Priority priority) {
        return need(Kind.COMPLAINT, priority, null, false, 20);
    }

    static Need vipConsultation() {
        return need(Kind.CONSULTATION, Priority.NORMAL, null, true, 10);
    }

    static Need majorConsultation() {
        return need(Kind.CONSULTATION, Priority.URGENT, Major.SAFETY, false, 50);
    }

    private static Need need(
            Kind kind, Priority priority, @Nullable Major major, boolean vip, int points) {
        return new Need(
                kind,
                null,
                "DELIVERY.LATE",
                Channel.APP,
                priority,
                major,
                vip,
                UUID.randomUUID(),
                points,
                Set.of());
    }

    static Contender junior(String agent, int load) {
        return contender(agent, Level.JUNIOR, load);
    }

    static Contender intermediate(String agent, int load) {
        return contender(agent, Level.INTERMEDIATE, load);
    }

    static Contender senior(String agent, int load) {
        return contender(agent, Level.SENIOR, load);
    }

    private static Contender contender(String agent, Level level, int load) {
        return new Contender(
                agent, "Name of " + agent, level, Set.of(), true, load, load / 10, false, null);
    }
}
