package io.gendan.voc;

import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Scope;
import io.gendan.events.Channel;
import io.gendan.events.CloseReason;
import io.gendan.events.Kind;
import io.gendan.events.Territory;
import io.gendan.events.TicketTexts;
import io.gendan.voc.NewestFirst.Kept;
import io.gendan.voc.NewestFirst.Wanted;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** The voices and how many of which there are. */
@Repository
public class Voices {

    private static final long COUNTING = 0x766f69636573L;

    /** How many voices of a category came from a territory; absent where none was known. */
    public record Count(String category, @Nullable Territory territory, long voices) {}

    private static final Kept KEPT = new Kept("voice", "heard_at", "id");

    private final JdbcClient jdbc;
    private final NewestFirst newest;

    Voices(JdbcClient jdbc, NewestFirst newest) {
        this.jdbc = jdbc;
        this.newest = newest;
    }

    void add(Voice voice) {
        jdbc.sql(
                        """
                        INSERT INTO voice (id, ticket_id, stay, kind, category, channel, territory,
                            close_reason, closed_at, heard_at, subject, body)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                        """)
                .param(voice.id())
                .param(voice.ticketId())
                .param(voice.stay())
                .param(voice.kind().name())
                .param(voice.category())
                .param(voice.channel().name())
                .param(Rows.name(voice.territory()))
                .param(voice.closeReason().name())
                .param(voice.closedAt().atOffset(ZoneOffset.UTC))
                .param(voice.heardAt().atOffset(ZoneOffset.UTC))
                .param(voice.texts().subject())
                .param(voice.texts().body())
                .update();
        count(voice);
    }

    /**
     * Transactions that receive many events would count the same rows in different orders, and lock
     * each other out; so they take turns from their first count to their end.
     */
    private void count(Voice voice) {
        jdbc.sql("SELECT pg_advisory_xact_lock(?)").param(COUNTING).query((_, _) -> 0).list();
        jdbc.sql(
                        """
                        INSERT INTO voice_count (day, kind, category, territory, voices)
                        VALUES (?, ?, ?, ?, 1)
                        ON CONFLICT (day, kind, category, territory)
                            DO UPDATE SET voices = voice_count.voices + 1\
                        """)
                .param(voice.day())
                .param(voice.kind().name())
                .param(voice.category())
                .param(Rows.name(voice.territory()))
                .update();
    }

    /** From one day to another, both included; most voices first. */
    List<Count> counts(LocalDate from, LocalDate to, @Nullable Kind kind, Scope scope) {
        return jdbc.sql(
                        """
                        SELECT category, territory, sum(voices) AS voices FROM voice_count
                        WHERE :visible AND day BETWEEN :from AND :to
                            AND (CAST(:kind AS text) IS NULL OR kind = :kind)
                        GROUP BY category, territory
                        ORDER BY voices DESC, category, territory\
                        """)
                .param("visible", isVisible(scope))
                .param("from", Rows.storable(from))
                .param("to", Rows.storable(to))
                .param("kind", Rows.name(kind))
                .query(
                        (row, _) ->
                                new Count(
                                        row.getString("category"),
                                        Rows.territory(row.getString("territory")),
                                        row.getLong("voices")))
                .list();
    }

    /** Newest first. */
    Page<Voice> page(Paging paging, Scope scope) {
        var wanted = new Wanted().where(":visible", "visible", isVisible(scope));
        return newest.page(KEPT, wanted, paging, (row, _) -> voice(row));
    }

    private static boolean isVisible(Scope scope) {
        return switch (scope) {
            case Scope.Everything() -> true;
            case Scope.OfAgent _, Scope.OfChannel _ -> false;
        };
    }

    private static Voice voice(ResultSet row) throws SQLException {
        return new Voice(
                row.getObject("id", UUID.class),
                row.getObject("ticket_id", UUID.class),
                row.getInt("stay"),
                Kind.valueOf(row.getString("kind")),
                row.getString("category"),
                Channel.valueOf(row.getString("channel")),
                Rows.territory(row.getString("territory")),
                CloseReason.valueOf(row.getString("close_reason")),
                row.getObject("closed_at", OffsetDateTime.class).toInstant(),
                row.getObject("heard_at", OffsetDateTime.class).toInstant(),
                new TicketTexts(row.getString("subject"), row.getString("body")));
    }
}
