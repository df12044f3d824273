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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The versions of the rules. A version is written once and never changes, so what was read stays
 * right in every instance; which version is in force is asked of the ledger each time.
 */
@Repository
class Rulebook {

    private final JdbcClient jdbc;
    private final Map<String, Rules> read = new ConcurrentHashMap<>();

    Rulebook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Rules version(String version) {
        return read.computeIfAbsent(version, this::readVersion);
    }

    private Rules readVersion(String version) {
        return jdbc.sql("SELECT * FROM rule_version WHERE version = ?")
                .param(version)
                .query(
                        (row, _) ->
                                new Rules(
                                        version,
                                        geography(version),
                                        levels(version),
                                        mayTake(version),
                                        works(version),
                                        row.getInt("waiting_percent"),
                                        row.getInt("vip_in_a_row"),
                                        Duration.ofHours(row.getInt("known_for_hours"))))
                .single();
    }

    private Geography geography(String version) {
        var provinces =
                jdbc.sql("SELECT code, name, territory FROM province WHERE rule_version = ?")
                        .param(version)
                        .query(
                                (row, _) ->
                                        new Province(
                                                row.getString("code"),
                                                row.getString("name"),
                                                Territory.valueOf(row.getString("territory"))))
                        .list();
        return new Geography(
                provinces.stream().collect(Collectors.toMap(Province::code, each -> each)),
                pairs("SELECT prefix, province FROM phone_prefix WHERE rule_version = ?", version),
                pairs("SELECT place, territory FROM home WHERE rule_version = ?", version)
                        .entrySet()
                        .stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        home -> Territory.valueOf(home.getValue()))),
                neighbours(version));
    }

    private Map<Territory, List<Territory>> neighbours(String version) {
        return jdbc
                .sql(
                        """
                        SELECT territory, neighbour FROM neighbour
                        WHERE rule_version = ? ORDER BY territory, rank
                        """)
                .param(version)
                .query(
                        (row, _) ->
                                Map.entry(
                                        Territory.valueOf(row.getString("territory")),
                                        Territory.valueOf(row.getString("neighbour"))))
                .list()
                .stream()
                .collect(
                        Collectors.groupingBy(
                                Map.Entry::getKey,
                                Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private Map<String, String> pairs(String sql, String version) {
        return jdbc
                .sql(sql)
                .param(version)
                .query((row, _) -> Map.entry(row.getString(1), row.getString(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Map<Level, LevelRule> levels(String version) {
        return jdbc
                .sql("SELECT * FROM level_rule WHERE rule_version = ?")
                .param(version)
                .query(
                        (row, _) ->
                                Map.entry(
                                        Level.valueOf(row.getString("level")),
                                        new LevelRule(
                                                row.getInt("capacity"),
                                                row.getInt("open_bound"),
                                                row.getBoolean("takes_major"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private List<MayTake> mayTake(String version) {
        return jdbc.sql("SELECT level, kind, priority FROM may_take WHERE rule_version = ?")
                .param(version)
                .query(
                        (row, _) ->
                                new MayTake(
                                        Level.valueOf(row.getString("level")),
                                        one(Kind.class, row.getString("kind")),
                                        one(Priority.class, row.getString("priority"))))
                .list();
    }

    private List<Work> works(String version) {
        return jdbc.sql("SELECT * FROM work_rule WHERE rule_version = ? ORDER BY rank")
                .param(version)
                .query(
                        (row, _) ->
                                new Work(
                                        one(Kind.class, row.getString("kind")),
                                        one(Priority.class, row.getString("priority")),
                                        one(Channel.class, row.getString("channel")),
                                        major(row.getString("major")),
                                        row.getInt("points"),
                                        Duration.ofMinutes(row.getInt("head_start_minutes"))))
                .list();
    }

    private static MajorMatch major(@Nullable String major) {
        if (major == null) {
            return new MajorMatch.Whatever();
        }
        return major.equals("ANY")
                ? new MajorMatch.AnyMajor()
                : new MajorMatch.Only(Major.valueOf(major));
    }

    private static <E extends Enum<E>> @Nullable E one(Class<E> type, @Nullable String name) {
        return name == null ? null : Enum.valueOf(type, name);
    }
}
