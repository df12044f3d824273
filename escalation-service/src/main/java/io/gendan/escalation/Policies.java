package io.gendan.escalation;

import io.gendan.api.Problem;
import io.gendan.escalation.calendar.Calendar;
import io.gendan.escalation.calendar.Calendars;
import io.gendan.events.AuthoritySource;
import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.WaitingReason;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Repository;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The versions of the policy. Versions are kept in memory: they never change once written. */
@Repository
public class Policies {

    private static final String BY_MIGRATION = "system:escalation";

    private static final String INSERT_VERSION =
            """
            INSERT INTO policy (version, valid_from, valid_until, base, ring_every_s, surge_hours,
                surge_least, surge_defer_s, created_by)
            VALUES (:version, :valid_from, :valid_until, :base, :ring_every_s, :surge_hours,
                :surge_least, :surge_defer_s, :by)
            ON CONFLICT DO NOTHING\
            """;

    private static final String INSERT_RULE =
            """
            INSERT INTO policy_rule (version, clock, authority, waiting, search, major, kind, vip,
                priority, channel, tier, target_s, pressing_s, climbs_after_s, steps, calendar,
                from_next_day, last_resort)
            VALUES (:version, :clock, :authority, :waiting, :search, :major, :kind, :vip,
                :priority, :channel, :tier, :target_s, :pressing_s, :climbs_after_s,
                CAST(:steps AS jsonb), :calendar, :from_next_day, :last_resort)\
            """;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<Step>> STEPS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batches;
    private final Calendars calendars;
    private final Emergencies emergencies;
    private final int hurry;
    private final Map<String, PolicyPage> pages = new ConcurrentHashMap<>();
    private final Map<String, Policy> policies = new ConcurrentHashMap<>();

    Policies(
            JdbcClient jdbc,
            NamedParameterJdbcOperations batches,
            Calendars calendars,
            Emergencies emergencies,
            EscalationSettings settings) {
        this.emergencies = emergencies;
        this.jdbc = jdbc;
        this.batches = batches;
        this.calendars = calendars;
        this.hurry = settings.hurry();
    }

    /** For a ticket that was created at this time: a peak's version while it lasts. */
    Targets inForceAt(Instant at) {
        return jdbc.sql(
                        """
                        SELECT version FROM policy
                        WHERE valid_from <= :at AND (valid_until IS NULL OR valid_until > :at)
                        ORDER BY valid_until IS NULL, valid_from DESC, created_at DESC, version DESC
                        LIMIT 1\
                        """)
                .param("at", Columns.time(at))
                .query(String.class)
                .optional()
                .map(this::of)
                .orElseThrow(() -> new IllegalStateException("No policy in force at " + at));
    }

    Targets of(String version) {
        return new Version(policy(version));
    }

    /** All versions, those that begin last first. */
    public List<PolicyPage> versions() {
        return jdbc
                .sql("SELECT version FROM policy ORDER BY valid_from DESC, version")
                .query((row, _) -> row.getString("version"))
                .list()
                .stream()
                .flatMap(version -> find(version).stream())
                .toList();
    }

    public Optional<PolicyPage> find(String version) {
        var known = pages.get(version);
        if (known != null) {
            return Optional.of(known);
        }
        var loaded = load(version);
        loaded.ifPresent(page -> pages.put(version, page));
        return loaded;
    }

    Policy policy(String version) {
        return policies.computeIfAbsent(
                version,
                _ ->
                        find(version)
                                .map(
                                        page ->
                                                new Policy(
                                                        version,
                                                        page.ringEvery(),
                                                        page.surge(),
                                                        page.rules(),
                                                        hurry))
                                .orElseThrow(
                                        () -> new IllegalStateException("No policy " + version)));
    }

    /**
     * Keeps a new version. It is used for tickets created from its {@code validFrom} on; those that
     * run keep theirs.
     *
     * @param at now; a version must not reach into the past, where tickets have others
     * @throws Problem 422 when it makes no sense, 409 when there is such a version
     */
    PolicyPage add(PolicyDraft draft, String by, Instant at) {
        PolicyPage.check(draft.lines(), calendars.codes());
        PolicyPage.check(draft.guard());
        var page = draft.page(base(draft.base()), at);
        page.checkComplete();
        if (page.validFrom().isBefore(at)) {
            throw PolicyPage.invalid("/validFrom", "NotInThePast");
        }
        if (page.validFrom().isAfter(at.plus(PolicyPage.LONGEST))) {
            throw PolicyPage.invalid("/validFrom", "NotSoFar");
        }
        if (page.validUntil() != null && page.validUntil().isAfter(at.plus(PolicyPage.LONGEST))) {
            throw PolicyPage.invalid("/validUntil", "NotSoFar");
        }
        if (page.validUntil() != null && !page.validUntil().isAfter(page.validFrom())) {
            throw PolicyPage.invalid("/validUntil", "Order");
        }
        if (page.ringEvery().compareTo(Duration.ofSeconds(1)) < 0) {
            throw PolicyPage.invalid("/ringEvery", "Positive");
        }
        if (!insert(page, by, INSERT_VERSION, INSERT_RULE, batches)) {
            throw Problem.of(409, "version-exists", page.version()).at("/version");
        }
        return page;
    }

    /** Adds shipped versions by statements that name the columns of a database of their time. */
    static void insert(
            List<PolicyPage> pages, String insertVersion, String insertRule, Connection migrated) {
        var jdbc = new NamedParameterJdbcTemplate(new SingleConnectionDataSource(migrated, true));
        pages.forEach(page -> insert(page, BY_MIGRATION, insertVersion, insertRule, jdbc));
    }

    /**
     * @return whether there was no such version
     */
    private static boolean insert(
            PolicyPage page,
            String by,
            String insertVersion,
            String insertRule,
            NamedParameterJdbcOperations jdbc) {
        var surge = page.surge();
        int added =
                jdbc.update(
                        insertVersion,
                        new MapSqlParameterSource()
                                .addValue("version", page.version())
                                .addValue("valid_from", Columns.time(page.validFrom()))
                                .addValue("valid_until", Columns.time(page.validUntil()))
                                .addValue("base", page.base())
                                .addValue("ring_every_s", page.ringEvery().toSeconds())
                                .addValue("surge_hours", surge == null ? null : surge.hours())
                                .addValue("surge_least", surge == null ? null : surge.least())
                                .addValue(
                                        "surge_defer_s",
                                        surge == null ? null : seconds(surge.defer()))
                                .addValue("by", by));
        if (added == 1) {
            jdbc.batchUpdate(
                    insertRule,
                    page.rules().stream()
                            .map(rule -> row(page.version(), rule))
                            .toArray(SqlParameterSource[]::new));
        }
        return added == 1;
    }

    private @Nullable PolicyPage base(@Nullable String version) {
        return version == null
                ? null
                : find(version).orElseThrow(() -> PolicyPage.invalid("/base", "Exists"));
    }

    private Optional<PolicyPage> load(String version) {
        return jdbc.sql("SELECT * FROM policy WHERE version = :version")
                .param("version", version)
                .query(
                        (row, _) ->
                                new PolicyPage(
                                        version,
                                        Columns.instant(
                                                row.getObject("valid_from", OffsetDateTime.class)),
                                        Columns.instantOrNull(
                                                row.getObject("valid_until", OffsetDateTime.class)),
                                        row.getString("base"),
                                        Duration.ofSeconds(row.getLong("ring_every_s")),
                                        surge(row),
                                        rules(version)))
                .optional();
    }

    private static @Nullable Surge surge(ResultSet row) throws SQLException {
        var defer = seconds(row, "surge_defer_s");
        return defer == null
                ? null
                : new Surge(row.getInt("surge_hours"), row.getInt("surge_least"), defer);
    }

    private List<PolicyRule> rules(String version) {
        return jdbc.sql("SELECT * FROM policy_rule WHERE version = :version ORDER BY id")
                .param("version", version)
                .query((row, _) -> rule(row))
                .list();
    }

    private static PolicyRule rule(ResultSet row) throws SQLException {
        return new PolicyRule(
                ClockKind.valueOf(row.getString("clock")),
                Columns.value(AuthoritySource.class, row.getString("authority")),
                Columns.value(WaitingReason.class, row.getString("waiting")),
                row.getObject("search", Boolean.class),
                Columns.value(Major.class, row.getString("major")),
                Columns.value(Kind.class, row.getString("kind")),
                row.getObject("vip", Boolean.class),
                Columns.value(Priority.class, row.getString("priority")),
                Columns.value(Channel.class, row.getString("channel")),
                row.getObject("tier", Integer.class),
                seconds(row, "target_s"),
                seconds(row, "pressing_s"),
                seconds(row, "climbs_after_s"),
                JSON.readValue(row.getString("steps"), STEPS),
                row.getString("calendar"),
                row.getBoolean("from_next_day"),
                row.getBoolean("last_resort"));
    }

    private static SqlParameterSource row(String version, PolicyRule rule) {
        return new MapSqlParameterSource()
                .addValue("version", version)
                .addValue("clock", rule.clock().name())
                .addValue("authority", Columns.name(rule.authority()))
                .addValue("waiting", Columns.name(rule.waiting()))
                .addValue("search", rule.search())
                .addValue("major", Columns.name(rule.major()))
                .addValue("kind", Columns.name(rule.kind()))
                .addValue("vip", rule.vip())
                .addValue("priority", Columns.name(rule.priority()))
                .addValue("channel", Columns.name(rule.channel()))
                .addValue("tier", rule.tier())
                .addValue("target_s", seconds(rule.target()))
                .addValue("pressing_s", seconds(rule.pressingTarget()))
                .addValue("climbs_after_s", seconds(rule.climbsAfter()))
                .addValue("steps", JSON.writeValueAsString(rule.steps()))
                .addValue("calendar", rule.calendar())
                .addValue("from_next_day", rule.fromNextDay())
                .addValue("last_resort", rule.lastResort());
    }

    private static @Nullable Duration seconds(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, Integer.class);
        return value == null ? null : Duration.ofSeconds(value);
    }

    private static @Nullable Long seconds(@Nullable Duration time) {
        return time == null ? null : time.toSeconds();
    }

    /** A version with the calendars that hold when a clock starts. */
    private final class Version implements Targets {

        private final Policy policy;

        private Version(Policy policy) {
            this.policy = policy;
        }

        @Override
        public String version() {
            return policy.version();
        }

        @Override
        public @Nullable Target target(ClockKind clock, Facts facts, Moment moment) {
            return policy.rule(clock, facts, moment.tier(), moment.waitsFor())
                    .map(rule -> target(rule, facts, moment))
                    .orElse(null);
        }

        private @Nullable Target target(PolicyRule rule, Facts facts, Moment moment) {
            var target = policy.target(rule, facts);
            return target == null ? null : target.on(calendar(rule, moment)).because(rule, facts);
        }

        @Override
        public boolean passesOver(int tier, Facts facts) {
            return policy.rule(ClockKind.TIER_RESOLUTION, facts, tier).target() == null;
        }

        @Override
        public List<Emergency> emergencies() {
            return emergencies.all();
        }

        @Override
        public @Nullable Surge surge() {
            return policy.hurriedSurge();
        }

        @Override
        public Duration ringAgain() {
            return policy.ringAgain();
        }

        private Calendar calendar(PolicyRule rule, Moment moment) {
            return rule.countsAlways() || !policy.keepsHours()
                    ? Calendar.ALWAYS
                    : calendars.inForce(
                            rule.calendar(), moment.territory(), moment.tier(), moment.at());
        }
    }
}
