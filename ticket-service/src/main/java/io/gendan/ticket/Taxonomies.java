package io.gendan.ticket;

import io.gendan.api.Caller;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Problem;
import io.gendan.events.Major;
import io.gendan.events.Phase;
import io.gendan.events.Priority;
import io.gendan.messaging.DatabaseClock;
import io.gendan.ticket.Department.Duty;
import io.gendan.ticket.rules.Versions;
import io.gendan.ticket.rules.Versions.Version;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The versions of the taxonomy. What a ticket can be in is kept in memory, as every opening asks
 * for it: a new version is in use some seconds after it is in force, by every instance.
 */
@Component
public class Taxonomies {

    private static final Logger logger = LoggerFactory.getLogger(Taxonomies.class);
    private static final String LOOKED_AT_EVERY = "PT2S";
    private static final TypeReference<List<Department.Special>> SPECIAL = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;
    private final JsonMapper json;
    private final DatabaseClock clock;
    private final Versions versions;
    private volatile InForce inForce;

    private record InForce(String version, Map<String, Category> forTickets) {}

    /** A category as a version of the taxonomy has it. */
    record Sorted(Category category, String version) {}

    Taxonomies(
            JdbcClient jdbc,
            NamedParameterJdbcTemplate batches,
            JsonMapper json,
            DatabaseClock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.json = json;
        this.clock = clock;
        this.versions = new Versions(jdbc, "taxonomy");
        var first = current();
        this.inForce = new InForce(first.version(), first.forTickets());
    }

    /** A category that a ticket can be in now. */
    Optional<Sorted> find(String code) {
        var now = inForce;
        return Optional.ofNullable(now.forTickets().get(code))
                .map(category -> new Sorted(category, now.version()));
    }

    /** A category that a ticket is in, as the last version has it that has it. */
    Optional<Category> last(String code) {
        return find(code)
                .map(Sorted::category)
                .or(
                        () ->
                                jdbc.sql(
                                                """
                                                SELECT category.* FROM category JOIN taxonomy USING (version)
                                                WHERE code = ? AND valid_from <= clock_timestamp()
                                                ORDER BY valid_from DESC, taxonomy.created_at DESC,
                                                    version DESC
                                                LIMIT 1
                                                """)
                                        .param(code)
                                        .query((row, _) -> category(row))
                                        .optional());
    }

    /**
     * All that tickets can be or have been in of a category: what any version has below it, or
     * itself.
     */
    List<String> lowest(String code) {
        var below =
                jdbc.sql("SELECT DISTINCT code FROM category WHERE parent = ?")
                        .param(code)
                        .query((row, _) -> row.getString("code"))
                        .list();
        return below.isEmpty() ? List.of(code) : below;
    }

    @Scheduled(fixedDelayString = LOOKED_AT_EVERY)
    void look() {
        var version = versionInForce();
        if (!version.equals(inForce.version())) {
            inForce = new InForce(version, taxonomy(version).orElseThrow().forTickets());
            logger.info("Taxonomy {} is in force", version);
        }
    }

    public Taxonomy current() {
        return taxonomy(versionInForce()).orElseThrow();
    }

    /** The versions, those that begin last first. */
    public Page<Version> versions(Paging paging) {
        return versions.list(paging);
    }

    /**
     * Keeps a new version. Tickets opened before it stay in their categories, also in those that it
     * no longer has.
     *
     * @throws Problem 422 when it makes no sense, 409 when there is such a version
     */
    @Transactional
    public Taxonomy add(TaxonomyDraft draft, Caller caller) {
        var under =
                draft.base() == null
                        ? null
                        : taxonomy(draft.base())
                                .orElseThrow(() -> Versions.invalid("/base", "Exists"));
        var made = draft.over(under, shipped(), caller.id(), clock.now());
        if (!insertVersion(made)) {
            throw Problem.of(409, "version-exists", made.version()).at("/version");
        }
        batches.batchUpdate(
                """
                INSERT INTO department (version, code, name_zh, name_en, sponsor, calendar,
                    accepts_s, answers_s, answers_pressing_s, answer_calendar,
                    head_told_at_percent, special, opens, closes, duties)
                VALUES (:version, :code, :name_zh, :name_en, :sponsor, :calendar, :accepts_s,
                    :answers_s, :answers_pressing_s, :answer_calendar, :head_told_at_percent,
                    CAST(:special AS jsonb), :opens, :closes, CAST(:duties AS text[]))
                """,
                made.departments().stream()
                        .map(department -> row(made.version(), department))
                        .toArray(SqlParameterSource[]::new));
        batches.batchUpdate(
                """
                INSERT INTO category (version, code, parent, name_zh, name_en, phase,
                    lead_department, informed_departments, complaint_priority, major)
                VALUES (:version, :code, :parent, :name_zh, :name_en, :phase, :lead_department,
                    CAST(:informed_departments AS text[]), :complaint_priority, :major)
                """,
                made.categories().stream()
                        .map(category -> row(made.version(), category))
                        .toArray(SqlParameterSource[]::new));
        logger.info("Taxonomy {} from {} by {}", made.version(), made.validFrom(), caller.id());
        return made;
    }

    private boolean insertVersion(Taxonomy made) {
        return jdbc.sql(
                                """
                                INSERT INTO taxonomy (version, valid_from, base, created_by)
                                VALUES (:version, :valid_from, :base, :by) ON CONFLICT DO NOTHING
                                """)
                        .param("version", made.version())
                        .param("valid_from", Rows.timestamp(made.validFrom()))
                        .param("base", made.base())
                        .param("by", made.createdBy())
                        .update()
                == 1;
    }

    /** The latest that nobody wrote themselves. */
    private Taxonomy shipped() {
        var version =
                jdbc.sql(
                                """
                                SELECT version FROM taxonomy WHERE created_by = 'system:ticket'
                                ORDER BY valid_from DESC LIMIT 1
                                """)
                        .query(String.class)
                        .single();
        return taxonomy(version).orElseThrow();
    }

    private String versionInForce() {
        return jdbc.sql(
                        """
                        SELECT version FROM taxonomy WHERE valid_from <= clock_timestamp()
                        ORDER BY valid_from DESC, created_at DESC, version DESC LIMIT 1
                        """)
                .query(String.class)
                .single();
    }

    public Optional<Taxonomy> taxonomy(String version) {
        return jdbc.sql(
                        """
                        SELECT version, valid_from, base, created_by FROM taxonomy
                        WHERE version = :version
                        """)
                .param("version", version)
                .query((row, _) -> Version.of(row))
                .optional()
                .map(
                        found ->
                                new Taxonomy(
                                        found.version(),
                                        found.validFrom(),
                                        found.base(),
                                        found.createdBy(),
                                        categories(version),
                                        departments(version)));
    }

    private List<Category> categories(String version) {
        return jdbc.sql(
                        "SELECT * FROM category WHERE version = :version ORDER BY code COLLATE"
                                + " \"C\"")
                .param("version", version)
                .query((row, _) -> category(row))
                .list();
    }

    private List<Department> departments(String version) {
        return jdbc.sql(
                        "SELECT * FROM department WHERE version = :version ORDER BY code COLLATE"
                                + " \"C\"")
                .param("version", version)
                .query((row, _) -> department(row))
                .list();
    }

    private static Category category(ResultSet row) throws SQLException {
        return new Category(
                row.getString("code"),
                row.getString("parent"),
                row.getString("name_zh"),
                row.getString("name_en"),
                Rows.optional(Phase.class, row.getString("phase")),
                row.getString("lead_department"),
                List.of((String[]) row.getArray("informed_departments").getArray()),
                Rows.optional(Priority.class, row.getString("complaint_priority")),
                Rows.optional(Major.class, row.getString("major")));
    }

    private static SqlParameterSource row(String version, Category category) {
        return new MapSqlParameterSource()
                .addValue("version", version)
                .addValue("code", category.code())
                .addValue("parent", category.parent())
                .addValue("name_zh", category.nameZh())
                .addValue("name_en", category.nameEn())
                .addValue("phase", Rows.name(category.phase()))
                .addValue("lead_department", category.leadDepartment())
                .addValue(
                        "informed_departments",
                        "{" + String.join(",", category.informedDepartments()) + "}")
                .addValue("complaint_priority", Rows.name(category.complaintPriority()))
                .addValue("major", Rows.name(category.major()));
    }

    private Department department(ResultSet row) throws SQLException {
        return new Department(
                row.getString("code"),
                row.getString("name_zh"),
                row.getString("name_en"),
                row.getString("sponsor"),
                row.getString("calendar"),
                Objects.requireNonNull(seconds(row, "accepts_s")),
                Objects.requireNonNull(seconds(row, "answers_s")),
                seconds(row, "answers_pressing_s"),
                row.getString("answer_calendar"),
                row.getInt("head_told_at_percent"),
                json.readValue(row.getString("special"), SPECIAL),
                row.getObject("opens", LocalTime.class),
                row.getObject("closes", LocalTime.class),
                Stream.of((String[]) row.getArray("duties").getArray())
                        .map(Duty::valueOf)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private SqlParameterSource row(String version, Department department) {
        var pressing = department.answersPressing();
        return new MapSqlParameterSource()
                .addValue("version", version)
                .addValue("code", department.code())
                .addValue("name_zh", department.nameZh())
                .addValue("name_en", department.nameEn())
                .addValue("sponsor", department.sponsor())
                .addValue("calendar", department.calendar())
                .addValue("accepts_s", department.accepts().toSeconds())
                .addValue("answers_s", department.answers().toSeconds())
                .addValue("answers_pressing_s", pressing == null ? null : pressing.toSeconds())
                .addValue("answer_calendar", department.answerCalendar())
                .addValue("head_told_at_percent", department.headToldAtPercent())
                .addValue("special", json.writeValueAsString(department.special()))
                .addValue("opens", department.opens())
                .addValue("closes", department.closes())
                .addValue(
                        "duties",
                        department.duties().stream()
                                .map(Duty::name)
                                .collect(Collectors.joining(",", "{", "}")));
    }

    private static @Nullable Duration seconds(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, Long.class);
        return value == null ? null : Duration.ofSeconds(value);
    }
}
