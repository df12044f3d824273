package io.gendan.escalation.calendar;

import io.gendan.api.Cursor;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Problem;
import io.gendan.events.Territory;
import io.gendan.messaging.Origin;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The versions of the calendars. Versions are kept in memory: they never change once written. */
@Repository
public class Calendars {

    private record Key(String code, String version) {}

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final ToldCalendars told;
    private final Map<Key, Calendar> loaded = new ConcurrentHashMap<>();

    Calendars(JdbcClient jdbc, JsonMapper json, ToldCalendars told) {
        this.jdbc = jdbc;
        this.json = json;
        this.told = told;
    }

    /**
     * What a clock that starts at this instant counts by: the newest valid version of the
     * territory's and tier's own calendar, else of the territory's, else of the tier's, else of
     * that for all.
     *
     * @throws IllegalStateException when no calendar of this code is valid
     */
    public Calendar inForce(
            String code, @Nullable Territory territory, @Nullable Integer tier, Instant at) {
        if (code.equals(Calendar.ALWAYS.code())) {
            return Calendar.ALWAYS;
        }
        return jdbc.sql(
                        """
                        SELECT version FROM calendar
                        WHERE code = :code AND valid_from <= :at
                            AND (territory IS NULL OR territory = :territory)
                            AND (tier IS NULL OR tier = CAST(:tier AS integer))
                        ORDER BY territory NULLS LAST, tier NULLS LAST, valid_from DESC, created_at DESC
                        LIMIT 1\
                        """)
                .param("code", code)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("territory", territory == null ? null : territory.name())
                .param("tier", tier)
                .query(String.class)
                .optional()
                .flatMap(version -> find(code, version))
                .orElseThrow(() -> new IllegalStateException("No calendar " + code + " at " + at));
    }

    public Optional<Calendar> find(String code, String version) {
        var key = new Key(code, version);
        var known = loaded.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        return jdbc.sql("SELECT page FROM calendar WHERE code = :code AND version = :version")
                .param("code", code)
                .param("version", version)
                .query(String.class)
                .optional()
                .map(page -> Calendar.of(json.readValue(page, CalendarPage.class)))
                .map(
                        calendar -> {
                            var before = loaded.putIfAbsent(key, calendar);
                            return before == null ? calendar : before;
                        });
    }

    public Set<String> codes() {
        return Set.copyOf(
                jdbc.sql("SELECT DISTINCT code FROM calendar").query(String.class).list());
    }

    /** All versions, or those of one code. */
    public Page<CalendarPage> list(@Nullable String code, Paging paging) {
        var after = paging.after();
        var rows =
                jdbc.sql(
                                """
                                SELECT page FROM calendar
                                WHERE (CAST(:code AS text) IS NULL OR code = :code)
                                    AND (CAST(:after_code AS text) IS NULL
                                        OR (code, version) > (:after_code, :after_version))
                                ORDER BY code, version LIMIT :limit\
                                """)
                        .param("code", code)
                        .param("after_code", after == null ? null : after.text(0))
                        .param("after_version", after == null ? null : after.text(1))
                        .param("limit", paging.rowsToRead())
                        .query(String.class)
                        .list();
        return Page.of(
                rows.stream().map(row -> json.readValue(row, CalendarPage.class)).toList(),
                paging,
                page -> Cursor.at(page.code(), page.version()));
    }

    /** The newest valid version of each calendar, for all and of its own. */
    public List<CalendarPage> inForce(Instant at) {
        return jdbc
                .sql(
                        """
                        SELECT DISTINCT ON (code, territory, tier) page FROM calendar
                        WHERE valid_from <= :at
                        ORDER BY code, territory, tier, valid_from DESC, created_at DESC\
                        """)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .list()
                .stream()
                .map(row -> json.readValue(row, CalendarPage.class))
                .toList();
    }

    /**
     * Keeps a new version of each calendar that keeps holidays, with this year in it.
     *
     * @throws Problem as {@link #add}; 422 when the days contradict each other or the year
     */
    public List<CalendarPage> addYear(
            CalendarYear year, String version, Instant from, String by, Instant at) {
        year.check("/year");
        var pages =
                inForce(from).stream()
                        .filter(CalendarPage::keepsHolidays)
                        .map(page -> page.next(version, from, year))
                        .toList();
        pages.forEach(page -> add(page, by, at));
        return pages;
    }

    /**
     * Keeps a new version, and tells of it.
     *
     * @param at now; the version must not reach into the past, where clocks may have counted
     *     otherwise
     * @throws Problem 422 when it makes no sense, 409 when there is such a version
     */
    public void add(CalendarPage page, String by, Instant at) {
        page.check();
        if (page.code().equals(Calendar.ALWAYS.code())) {
            throw CalendarPage.invalid("/code", "AlwaysIsAlways");
        }
        if (page.validFrom().isBefore(at)) {
            throw CalendarPage.invalid("/validFrom", "NotInThePast");
        }
        int added =
                jdbc.sql(
                                """
                                INSERT INTO calendar (code, version, valid_from, territory, tier,
                                    page, created_by, created_at)
                                VALUES (:code, :version, :valid_from, :territory, :tier,
                                    CAST(:page AS jsonb), :by, :at)
                                ON CONFLICT DO NOTHING\
                                """)
                        .param("code", page.code())
                        .param("version", page.version())
                        .param("valid_from", page.validFrom().atOffset(ZoneOffset.UTC))
                        .param(
                                "territory",
                                page.territory() == null ? null : page.territory().name())
                        .param("tier", page.tier())
                        .param("page", json.writeValueAsString(page))
                        .param("by", by)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update();
        if (added == 0) {
            throw Problem.of(409, "version-exists", page.code() + " " + page.version())
                    .at("/version");
        }
        told.tell(Origin.of(by), at);
    }
}
