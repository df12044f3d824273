package io.gendan.ticket.rules;

import io.gendan.api.Cursor;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Problem;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** The versions in a table of which none is ever changed. */
public final class Versions {

    private static final Duration FURTHEST = Duration.ofDays(36_600);

    private final JdbcClient jdbc;
    private final String table;

    /** A version without what it says. */
    public record Version(
            String version, Instant validFrom, @Nullable String base, String createdBy) {

        public static Version of(ResultSet row) throws SQLException {
            return new Version(
                    row.getString("version"),
                    row.getObject("valid_from", OffsetDateTime.class).toInstant(),
                    row.getString("base"),
                    row.getString("created_by"));
        }
    }

    public Versions(JdbcClient jdbc, String table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    /** Those that begin last first. */
    public Page<Version> list(Paging paging) {
        var after = paging.after();
        var from = after == null ? Instant.EPOCH : after.instant(0);
        var rows =
                jdbc.sql(
                                """
                                SELECT version, valid_from, base, created_by FROM %s
                                WHERE :beginning OR (valid_from, version) < (:from, :version)
                                ORDER BY valid_from DESC, version DESC LIMIT :rows
                                """
                                        .formatted(table))
                        .param("beginning", after == null)
                        .param("from", from.atOffset(ZoneOffset.UTC))
                        .param("version", after == null ? "" : after.text(1))
                        .param("rows", paging.rowsToRead())
                        .query((row, _) -> Version.of(row))
                        .list();
        return Page.of(rows, paging, last -> Cursor.at(last.validFrom(), last.version()));
    }

    /**
     * From when a new one is in force.
     *
     * @param wanted as soon as it can be when absent
     * @throws Problem 422 when that is before it can be, or too far away
     */
    public static Instant begin(@Nullable Instant wanted, Instant soonest) {
        var from = wanted == null ? soonest : wanted;
        if (from.isBefore(soonest)) {
            throw invalid("/validFrom", "NotInThePast");
        }
        if (from.isAfter(soonest.plus(FURTHEST))) {
            throw invalid("/validFrom", "NotSoFar");
        }
        return from;
    }

    /** That a version makes no sense there. */
    public static Problem invalid(String pointer, String rule) {
        return Problem.of(422, "field-invalid", pointer).at(pointer).with("rule", rule);
    }
}
