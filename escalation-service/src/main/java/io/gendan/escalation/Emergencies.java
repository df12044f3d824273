package io.gendan.escalation;

import io.gendan.api.Cursor;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.escalation.Emergency.Span;
import io.gendan.events.EmergencyKind;
import io.gendan.events.Kind;
import io.gendan.events.Territory;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The emergencies that were ever declared.
 *
 * <p>Whoever changes one locks out all who read them until the change is committed, and waits for
 * those who have: so a transaction that read them and puts a ticket under them has read the last
 * ones, and the search for tickets that a change left out finds all of them.
 */
@Repository
class Emergencies {

    private static final TypeReference<List<Span>> SPANS = new TypeReference<>() {};

    private static final String CONCERNS =
            """
            ticket.state <> 'CLOSED' AND emergency.revision > ticket.emergency_revision
            AND ticket.priority IN ('NORMAL', 'LOW') AND ticket.major IS NULL
            AND (cardinality(emergency.territories) = 0
                OR ticket.territory = ANY(emergency.territories))
            AND (cardinality(emergency.kinds) = 0 OR ticket.kind = ANY(emergency.kinds))
            AND (cardinality(emergency.categories) = 0
                OR ticket.category = ANY(emergency.categories)
                OR split_part(ticket.category, '.', 1) = ANY(emergency.categories))\
            """;

    /** For a statement about tickets: those that a change has not reached. */
    static final String LEFT_OUT =
            """
            EXISTS (SELECT FROM emergency WHERE emergency.moved < emergency.revision AND %s)\
            """
                    .formatted(CONCERNS);

    private record Known(long revision, List<Emergency> all) {}

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private volatile Known known = new Known(0, List.of());

    Emergencies(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * All, as they stand. Asked for once in a transaction: from then on nobody changes one until it
     * ends, see {@link #lockAll}.
     */
    List<Emergency> all() {
        if (TransactionSynchronizationManager.getResource(this) instanceof Known read) {
            return read.all();
        }
        var now = read();
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            TransactionSynchronizationManager.bindResource(this, now);
            TransactionSynchronizationManager.registerSynchronization(new Reading());
        }
        return now.all();
    }

    private Known read() {
        var before = known;
        if (revision() == before.revision()) {
            return before;
        }
        var all = jdbc.sql("SELECT * FROM emergency").query((row, _) -> emergency(row)).list();
        var after = new Known(all.stream().mapToLong(Emergency::revision).max().orElse(0), all);
        known = after;
        return after;
    }

    /** What was read holds for the transaction that read it. */
    private final class Reading implements TransactionSynchronization {

        private @Nullable Object read;

        @Override
        public void suspend() {
            read = TransactionSynchronizationManager.unbindResource(Emergencies.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(
                    Emergencies.this, Objects.requireNonNull(read));
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResource(Emergencies.this);
        }
    }

    long revision() {
        return jdbc.sql("SELECT coalesce(max(revision), 0) FROM emergency")
                .query(Long.class)
                .single();
    }

    /**
     * Lets nobody read or change one until the transaction ends. Gives up rather than let everybody
     * wait behind somebody who reads for long.
     *
     * @return the revision of the next change
     */
    long lockAll() {
        jdbc.sql("SET LOCAL lock_timeout TO '5s'").update();
        jdbc.sql("LOCK TABLE emergency IN ACCESS EXCLUSIVE MODE").update();
        return revision() + 1;
    }

    Optional<Emergency> find(UUID id) {
        return jdbc.sql("SELECT * FROM emergency WHERE id = :id")
                .param("id", id)
                .query((row, _) -> emergency(row))
                .optional();
    }

    /** The last declared first. */
    Page<Emergency> page(Paging paging) {
        var after = paging.after();
        var rows =
                jdbc.sql(
                                """
                                SELECT * FROM emergency
                                WHERE (CAST(:at AS timestamptz) IS NULL
                                    OR (declared_at, id) < (:at, CAST(:id AS uuid)))
                                ORDER BY declared_at DESC, id DESC LIMIT :rows\
                                """)
                        .param("at", after == null ? null : Columns.time(after.instant(0)))
                        .param("id", after == null ? null : after.id(1))
                        .param("rows", paging.rowsToRead())
                        .query((row, _) -> emergency(row))
                        .list();
        return Page.of(rows, paging, last -> Cursor.at(last.declaredAt(), last.id()));
    }

    void save(Emergency emergency) {
        jdbc.sql(
                        """
                        INSERT INTO emergency (id, revision, moved, kind, reason, territories, kinds,
                            categories, spans, declared_by, declared_at, ended_at)
                        VALUES (:id, :revision, 0, :kind, :reason, :territories, :kinds,
                            :categories, CAST(:spans AS jsonb), :declared_by, :declared_at, :ended_at)
                        ON CONFLICT (id) DO UPDATE SET revision = excluded.revision,
                            spans = excluded.spans,
                            ended_at = excluded.ended_at\
                        """)
                .param("id", emergency.id())
                .param("revision", emergency.revision())
                .param("kind", emergency.kind().name())
                .param("reason", emergency.reason())
                .param("territories", names(emergency.territories()))
                .param("kinds", names(emergency.kinds()))
                .param("categories", emergency.categories().toArray(String[]::new))
                .param("spans", json.writeValueAsString(emergency.spans()))
                .param("declared_by", emergency.declaredBy())
                .param("declared_at", Columns.time(emergency.declaredAt()))
                .param("ended_at", Columns.time(emergency.endedAt()))
                .update();
    }

    boolean areAllMoved() {
        return jdbc.sql("SELECT NOT EXISTS (SELECT FROM emergency WHERE moved < revision)")
                .query(Boolean.class)
                .single();
    }

    /** How many tickets are still to be moved for one. */
    long left(UUID id) {
        return jdbc.sql(
                        """
                        SELECT count(*) FROM emergency JOIN ticket ON %s
                        WHERE emergency.id = :id AND emergency.moved < emergency.revision\
                        """
                                .formatted(CONCERNS))
                .param("id", id)
                .query(Long.class)
                .single();
    }

    /** Notes for which of them nothing is left; whoever else still moves a ticket has it locked. */
    void noteMoved() {
        jdbc.sql(
                        """
                        UPDATE emergency SET moved = revision
                        WHERE moved < revision AND NOT EXISTS (SELECT FROM ticket WHERE %s)\
                        """
                                .formatted(CONCERNS))
                .update();
    }

    private static String[] names(List<? extends Enum<?>> values) {
        return values.stream().map(Enum::name).toArray(String[]::new);
    }

    private Emergency emergency(ResultSet row) throws SQLException {
        return new Emergency(
                row.getObject("id", UUID.class),
                row.getLong("revision"),
                EmergencyKind.valueOf(row.getString("kind")),
                row.getString("reason"),
                strings(row, "territories").stream().map(Territory::valueOf).toList(),
                strings(row, "kinds").stream().map(Kind::valueOf).toList(),
                strings(row, "categories"),
                json.readValue(row.getString("spans"), SPANS),
                row.getString("declared_by"),
                Columns.instant(row.getObject("declared_at", OffsetDateTime.class)),
                Columns.instantOrNull(row.getObject("ended_at", OffsetDateTime.class)));
    }

    private static List<String> strings(ResultSet row, String column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }
}
