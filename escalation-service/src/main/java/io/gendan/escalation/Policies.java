package io.gendan.escalation;

import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The versions of the policy. Versions are kept in memory: they never change once written. */
@Repository
public class Policies {

    private static final Logger log = LoggerFactory.getLogger(Policies.class);

    /** A version, and from when on it is used for new tickets. */
    public record Version(String version, Instant validFrom) {}

    private final JdbcClient jdbc;
    private final MeterRegistry meters;
    private final int hurry;
    private final Map<String, Policy> loaded = new ConcurrentHashMap<>();

    Policies(JdbcClient jdbc, MeterRegistry meters, EscalationSettings settings) {
        this.jdbc = jdbc;
        this.meters = meters;
        this.hurry = settings.hurry();
    }

    /** For a ticket that was created at this time. */
    Targets inForceAt(Instant at) {
        return jdbc.sql(
                        """
                        SELECT version FROM policy WHERE valid_from <= :at
                        ORDER BY valid_from DESC, version DESC LIMIT 1\
                        """)
                .param("at", Columns.time(at))
                .query(String.class)
                .optional()
                .map(this::of)
                .orElseThrow(() -> new IllegalStateException("No policy in force at " + at));
    }

    Targets of(String version) {
        return new Alarming(policy(version));
    }

    public List<Version> versions() {
        return jdbc.sql("SELECT version, valid_from FROM policy ORDER BY valid_from DESC, version")
                .query(
                        (row, _) ->
                                new Version(
                                        row.getString("version"),
                                        Columns.instant(
                                                row.getObject("valid_from", OffsetDateTime.class))))
                .list();
    }

    public Policy policy(String version) {
        return loaded.computeIfAbsent(version, this::load);
    }

    private Policy load(String version) {
        var ringEvery =
                jdbc.sql("SELECT ring_every_s FROM policy WHERE version = :version")
                        .param("version", version)
                        .query(Long.class)
                        .single();
        var rules =
                jdbc.sql("SELECT * FROM policy_rule WHERE version = :version ORDER BY id")
                        .param("version", version)
                        .query((row, _) -> rule(row))
                        .list();
        return new Policy(version, Duration.ofSeconds(ringEvery), rules, hurry);
    }

    private static PolicyRule rule(ResultSet row) throws SQLException {
        return new PolicyRule(
                ClockKind.valueOf(row.getString("clock")),
                Columns.value(Major.class, row.getString("major")),
                Columns.value(Kind.class, row.getString("kind")),
                Columns.value(Priority.class, row.getString("priority")),
                Columns.value(Channel.class, row.getString("channel")),
                row.getObject("tier", Integer.class),
                seconds(row, "target_s"),
                seconds(row, "pressing_s"),
                seconds(row, "climbs_after_s"),
                row.getBoolean("last_resort"));
    }

    private static @Nullable Duration seconds(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, Integer.class);
        return value == null ? null : Duration.ofSeconds(value);
    }

    /** Says so when a ticket is one that nobody thought of when the policy was written. */
    private final class Alarming implements Targets {

        private final Policy policy;

        private Alarming(Policy policy) {
            this.policy = policy;
        }

        @Override
        public String version() {
            return policy.version();
        }

        @Override
        public @Nullable Target target(ClockKind clock, Facts facts, int tier) {
            var rule = policy.rule(clock, facts, tier);
            if (rule.lastResort()) {
                meters.counter("gendan.policy.unmatched", "clock", clock.name()).increment();
                log.error(
                        "No policy of {} for {} of ticket {} ({}, {}, tier {}): most general used",
                        policy.version(),
                        clock,
                        facts.id(),
                        facts.kind(),
                        facts.priority(),
                        tier);
            }
            return policy.target(rule, facts);
        }

        @Override
        public Duration ringAgain() {
            return policy.ringAgain();
        }
    }
}
