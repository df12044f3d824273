package io.gendan.ticket;

import io.gendan.api.Cursor;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Problem;
import io.gendan.api.Scope;
import io.gendan.events.Channel;
import io.gendan.events.ResolvedAs;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.CustomerReminded;
import io.gendan.events.TicketEvent.MessageSent;
import io.gendan.events.TicketEvent.TicketCancelled;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketMerged;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.events.TicketEvent.TicketResolved;
import io.gendan.events.TicketEvent.WaitingEnded;
import io.gendan.messaging.DatabaseClock;
import io.gendan.ticket.OrderSurveys.Drawn;
import io.gendan.ticket.rules.RuleBook;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What the channels are to tell their customers, kept in the transaction of its cause and once for
 * each. A channel fetches its own and reports what became of it; what it fetched stays until then.
 * Of one ticket the next is handed out only when the one before it ended; the first is that we have
 * it, with the link to follow it, whoever opened it. What is for the day rests by night, and what
 * comes after it does not wait for it then.
 */
@Repository
@Transactional
public class ChannelOutbox {

    private static final int BATCH = 1_000;
    private static final String NOT_FETCHED = "NOT_FETCHED";

    private static final Set<DeliveryKind> BY_DAY =
            EnumSet.of(
                    DeliveryKind.SOLVED,
                    DeliveryKind.NO_REPLY,
                    DeliveryKind.SURVEY,
                    DeliveryKind.ORDER_SURVEY);

    private final JdbcClient jdbc;
    private final RuleBook rules;
    private final DatabaseClock clock;
    private final Vault vault;
    private final DeliveryWords words;
    private final TicketSettings.OutboxSettings settings;

    /**
     * Something to tell a customer, of a ticket or of an order.
     *
     * @param number of the ticket
     * @param messageId of a message, as the timeline names it
     * @param text of a message, as it was written
     * @param wordsZh of what is no message, in Chinese, for a channel that has none of its own
     * @param wordsEn the same in English
     * @param surveyUrl where the customer answers a survey
     * @param tries how often it has failed
     */
    public record Delivery(
            UUID id,
            DeliveryKind kind,
            @Nullable UUID ticketId,
            @Nullable String number,
            @Nullable String orderId,
            UUID customerId,
            @Nullable UUID messageId,
            @Nullable String text,
            @Nullable String wordsZh,
            @Nullable String wordsEn,
            @Nullable String surveyUrl,
            @Nullable String trackingUrl,
            Instant since,
            int tries) {}

    /**
     * What became of one.
     *
     * @param outcome absent while it waits
     * @param nextTryAt when it is handed out again; absent when it is not
     */
    public record Reported(
            UUID id, @Nullable DeliveryOutcome outcome, int tries, @Nullable Instant nextTryAt) {}

    /** How much waits. */
    record Backlog(long waiting, long oldestSeconds) {}

    private record Waiting(Delivery delivery, long position) {}

    /** What the customer will not be told any more, and why in the channel's words. */
    record Lost(UUID id, @Nullable UUID messageId, String reason) {}

    record Unfetched(UUID id, @Nullable UUID ticketId) {}

    ChannelOutbox(
            JdbcClient jdbc,
            RuleBook rules,
            DatabaseClock clock,
            Vault vault,
            DeliveryWords words,
            TicketSettings settings) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.clock = clock;
        this.vault = vault;
        this.words = words;
        this.settings = settings.outbox();
    }

    /**
     * That we have them; before anything else is taken of them. Who tells the customer brings what
     * the customer says to that, and so may see the ticket.
     */
    void acknowledge(List<Ticket> opened) {
        if (opened.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        WITH handed AS (
                            INSERT INTO delivery
                                (id, client, ticket_id, kind, not_before, next_try_at)
                            SELECT receipt.id,
                                   CASE WHEN ticket.opened_by_us THEN receipt.client
                                        ELSE ticket.opened_by END,
                                   ticket.id, 'RECEIPT', ticket.created_at, ticket.created_at
                            FROM unnest(:ids::uuid[], :tickets::uuid[], :clients::text[])
                                    AS receipt (id, ticket_id, client)
                                JOIN ticket ON ticket.id = receipt.ticket_id
                            ON CONFLICT (id) DO NOTHING
                            RETURNING client, ticket_id)
                        INSERT INTO ticket_agent (ticket_id, agent, created_at, status, kind,
                            channel, category, priority, tier, territory)
                        SELECT ticket.id, handed.client, ticket.created_at, ticket.status,
                            ticket.kind, ticket.channel, ticket.category, ticket.priority,
                            ticket.tier, ticket.territory
                        FROM handed JOIN ticket ON ticket.id = handed.ticket_id
                        WHERE handed.client <> ticket.opened_by
                        ON CONFLICT DO NOTHING
                        """)
                .param(
                        "ids",
                        opened.stream()
                                .map(ticket -> id(DeliveryKind.RECEIPT, ticket.id()))
                                .toArray(UUID[]::new))
                .param("tickets", opened.stream().map(Ticket::id).toArray(UUID[]::new))
                .param("clients", opened.stream().map(this::client).toArray(String[]::new))
                .update();
    }

    /** Takes what was just said of the ticket, in order. */
    void take(Ticket ticket, List<TicketEvent> said) {
        for (var event : said) {
            if (event instanceof MessageSent sent) {
                var id = sent.messageId();
                add(ticket, DeliveryKind.MESSAGE, id, id, null, sent.at());
            } else if (event instanceof CustomerReminded reminded) {
                var cause = reminded.waitId() + " at " + reminded.at();
                add(ticket, DeliveryKind.REMINDER, cause, null, null, reminded.at());
            } else if (endsWait(event)) {
                withdraw(ticket, DeliveryKind.REMINDER);
            }
            if (asksNoMore(event)) {
                withdraw(ticket, DeliveryKind.SURVEY);
                withdraw(ticket, DeliveryKind.SOLVED);
                withdraw(ticket, DeliveryKind.NO_REPLY);
            } else if (event instanceof TicketResolved resolved) {
                tellSolved(ticket, resolved);
            }
        }
    }

    /** After something major a person does. */
    private void tellSolved(Ticket ticket, TicketResolved resolved) {
        var surveyId = resolved.surveyId();
        if (surveyId != null) {
            var at = Objects.requireNonNull(resolved.asksAt());
            add(ticket, DeliveryKind.SURVEY, surveyId, null, surveyId, at);
        } else if (!ticket.rules().survey().spares(ticket.memento().facts().major())) {
            var kind =
                    resolved.resolvedAs() == ResolvedAs.NO_REPLY
                            ? DeliveryKind.NO_REPLY
                            : DeliveryKind.SOLVED;
            var cause = resolved.ticketId() + " in stay " + resolved.stay();
            var at = ticket.rules().survey().hours().openFrom(resolved.at());
            add(ticket, kind, cause, null, null, at);
        }
    }

    /** What is solved or over is not waited for, either. */
    private static boolean endsWait(TicketEvent event) {
        return event instanceof WaitingEnded
                || event instanceof TicketResolved
                || event instanceof TicketClosed
                || event instanceof TicketCancelled
                || event instanceof TicketMerged;
    }

    /** Whether the solution that the customer is asked about was none. */
    static boolean asksNoMore(TicketEvent event) {
        return event instanceof TicketReopened
                || event instanceof TicketClosed closed
                        && TicketState.AS_NO_SOLUTION.contains(closed.reason());
    }

    /** Asks customers about their orders, each from their own time on. */
    void askAboutOrders(List<Drawn> asked, Channel channel) {
        jdbc.sql(
                        """
                        INSERT INTO delivery (id, client, kind, survey_id, not_before, next_try_at)
                        SELECT id, :client, 'ORDER_SURVEY', survey_id, at, at
                        FROM unnest(:ids::uuid[], :surveys::uuid[], :times::timestamptz[])
                            AS asked (id, survey_id, at)
                        """)
                .param("client", settings.client(channel))
                .param(
                        "times",
                        asked.stream().map(one -> one.askedAt().toString()).toArray(String[]::new))
                .param(
                        "ids",
                        asked.stream()
                                .map(one -> id(DeliveryKind.ORDER_SURVEY, one.surveyId()))
                                .toArray(UUID[]::new))
                .param("surveys", asked.stream().map(Drawn::surveyId).toArray(UUID[]::new))
                .update();
    }

    /** Who opened it tells its customer; of what one of us opened, the client of its channel. */
    private void add(
            Ticket ticket,
            DeliveryKind kind,
            Object cause,
            @Nullable UUID messageId,
            @Nullable UUID surveyId,
            Instant notBefore) {
        jdbc.sql(
                        """
                        INSERT INTO delivery (id, client, ticket_id, kind, message_id, survey_id,
                                              not_before, next_try_at)
                        SELECT :id, CASE WHEN opened_by_us THEN :client ELSE opened_by END,
                               ticket.id, :kind, :messageId, :surveyId, :at, :at
                        FROM ticket WHERE ticket.id = :ticketId
                        ON CONFLICT (id) DO NOTHING
                        """)
                .param("id", id(kind, cause))
                .param("client", client(ticket))
                .param("kind", kind.name())
                .param("messageId", messageId)
                .param("surveyId", surveyId)
                .param("at", Rows.timestamp(notBefore))
                .param("ticketId", ticket.id())
                .update();
    }

    /** Which client tells the customers of its channel. */
    private String client(Ticket ticket) {
        return settings.client(ticket.created().channel());
    }

    private static UUID id(DeliveryKind kind, Object cause) {
        var name = "delivery:" + kind + ":" + cause;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the channel says that the customer has the question. */
    boolean hasAsked(UUID surveyId) {
        return jdbc.sql(
                        "SELECT EXISTS (SELECT FROM delivery WHERE id = ? AND outcome ="
                                + " 'DELIVERED')")
                .param(id(DeliveryKind.SURVEY, surveyId))
                .query(Boolean.class)
                .single();
    }

    private void withdraw(Ticket ticket, DeliveryKind kind) {
        jdbc.sql(
                        """
                        UPDATE delivery SET outcome = 'WITHDRAWN', ended_at = clock_timestamp()
                        WHERE ticket_id = ? AND kind = ? AND outcome IS NULL
                        """)
                .params(ticket.id(), kind.name())
                .update();
    }

    /** What the channel is to tell now, oldest first. */
    @Transactional(readOnly = true)
    public Page<Delivery> waiting(Paging paging, Scope.OfChannel channel) {
        var after = paging.after();
        var read =
                jdbc.sql(
                                """
                                SELECT delivery.*, ticket.number, order_survey.order_id,
                                    coalesce(ticket.customer_id, order_survey.customer_id)
                                        AS customer_id, message.text
                                FROM delivery LEFT JOIN ticket ON ticket.id = delivery.ticket_id
                                    LEFT JOIN order_survey ON delivery.ticket_id IS NULL
                                        AND order_survey.id = delivery.survey_id
                                    LEFT JOIN message ON message.id = delivery.message_id
                                WHERE delivery.client = :client AND delivery.outcome IS NULL
                                    AND delivery.next_try_at <= clock_timestamp()
                                    AND delivery.kind <> ALL (:resting)
                                    AND (delivery.not_before, delivery.position)
                                        > (:afterAt, :afterPosition)
                                    AND NOT EXISTS (
                                        SELECT FROM delivery AS earlier
                                        WHERE earlier.ticket_id = delivery.ticket_id
                                            AND earlier.client = delivery.client
                                            AND earlier.outcome IS NULL
                                            AND earlier.kind <> ALL (:resting)
                                            AND (earlier.not_before, earlier.position)
                                                < (delivery.not_before, delivery.position))
                                ORDER BY delivery.not_before, delivery.position LIMIT :rows
                                """)
                        .param("client", channel.client())
                        .param("resting", resting())
                        .param(
                                "afterAt",
                                Rows.timestamp(after == null ? Instant.EPOCH : after.instant(0)))
                        .param("afterPosition", after == null ? 0 : after.number(1))
                        .param("rows", paging.rowsToRead())
                        .query((row, _) -> waiting(row))
                        .list();
        return Page.of(read, paging, last -> Cursor.at(last.delivery().since(), last.position()))
                .map(Waiting::delivery);
    }

    /** What nobody is told at this hour, also what was due by day and was not fetched then. */
    private String[] resting() {
        var now = clock.now();
        var isDay = rules.inForceAt(now).survey().hours().isOpen(now);
        return isDay
                ? new String[0]
                : BY_DAY.stream().map(DeliveryKind::name).toArray(String[]::new);
    }

    private Waiting waiting(ResultSet row) throws SQLException {
        var ticketId = row.getObject("ticket_id", UUID.class);
        var surveyId = row.getObject("survey_id", UUID.class);
        var kind = DeliveryKind.valueOf(row.getString("kind"));
        var number = row.getString("number");
        var orderId = row.getString("order_id");
        var about = Objects.requireNonNull(number == null ? orderId : number);
        return new Waiting(
                new Delivery(
                        row.getObject("id", UUID.class),
                        kind,
                        ticketId,
                        number,
                        orderId,
                        row.getObject("customer_id", UUID.class),
                        row.getObject("message_id", UUID.class),
                        row.getString("text"),
                        words.of(kind, about, Locale.SIMPLIFIED_CHINESE),
                        words.of(kind, about, Locale.ENGLISH),
                        surveyId == null ? null : "/api/surveys/" + vault.token(surveyId),
                        ticketId == null
                                ? null
                                : TicketSnapshot.TRACKING + vault.trackingToken(ticketId),
                        row.getObject("not_before", OffsetDateTime.class).toInstant(),
                        row.getInt("tries")),
                row.getLong("position"));
    }

    /**
     * The customer was told, also when we had given up.
     *
     * @throws Problem 404 when the channel has no such delivery
     */
    public Reported delivered(UUID id, Scope.OfChannel channel) {
        jdbc.sql(
                        """
                        UPDATE delivery SET outcome = 'DELIVERED', ended_at = clock_timestamp()
                        WHERE id = ? AND client = ? AND outcome IS DISTINCT FROM 'DELIVERED'
                        """)
                .params(id, channel.client())
                .update();
        return require(id, channel);
    }

    /** Absent also for what is of no ticket. */
    Optional<UUID> ticketOf(UUID id, Scope.OfChannel channel) {
        return jdbc.sql("SELECT ticket_id FROM delivery WHERE id = ? AND client = ?")
                .params(id, channel.client())
                .query(UUID.class)
                .optional();
    }

    /**
     * Once more it could not be told: again later, each time much later than before, and given up
     * when it was tried often enough. What was not handed out again since cannot have failed again.
     *
     * @return what is given up by that
     */
    Optional<Lost> failed(UUID id, String reason, Scope.OfChannel channel) {
        return jdbc
                .sql(
                        """
                        UPDATE delivery SET
                            tries = tries + 1, last_failure = :reason,
                            next_try_at = clock_timestamp() + make_interval(
                                secs => least(:longest, :first * 2.0 ^ least(tries, 30))),
                            outcome = CASE WHEN tries + 1 >= :tries THEN 'GIVEN_UP' END,
                            ended_at = CASE WHEN tries + 1 >= :tries THEN clock_timestamp() END
                        WHERE id = :id AND client = :client
                            AND outcome IS NULL AND next_try_at <= clock_timestamp()
                        RETURNING id, message_id, outcome, last_failure, kind, next_try_at
                        """)
                .param("reason", Masking.mask(reason))
                .param("longest", (double) settings.longestDelay().toSeconds())
                .param("first", (double) settings.firstDelay().toSeconds())
                .param("tries", settings.tries())
                .param("id", id)
                .param("client", channel.client())
                .query(
                        (row, _) -> {
                            if (row.getString("outcome") != null) {
                                return lost(row);
                            }
                            keepToTheHours(row);
                            return null;
                        })
                .list()
                .stream()
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** Nobody is woken at night because it could not be told in the evening. */
    private void keepToTheHours(ResultSet row) throws SQLException {
        if (BY_DAY.contains(DeliveryKind.valueOf(row.getString("kind")))) {
            var next = row.getObject("next_try_at", OffsetDateTime.class).toInstant();
            jdbc.sql("UPDATE delivery SET next_try_at = ? WHERE id = ?")
                    .param(Rows.timestamp(rules.inForce().survey().hours().openFrom(next)))
                    .param(row.getObject("id", UUID.class))
                    .update();
        }
    }

    private static Lost lost(ResultSet row) throws SQLException {
        return new Lost(
                row.getObject("id", UUID.class),
                row.getObject("message_id", UUID.class),
                Objects.requireNonNullElse(row.getString("last_failure"), NOT_FETCHED));
    }

    /**
     * @throws Problem 404 when the channel has no such delivery
     */
    Reported require(UUID id, Scope.OfChannel channel) {
        return jdbc.sql("SELECT * FROM delivery WHERE id = ? AND client = ?")
                .params(id, channel.client())
                .query(
                        (row, _) -> {
                            var outcome =
                                    Rows.optional(DeliveryOutcome.class, row.getString("outcome"));
                            return new Reported(
                                    id,
                                    outcome,
                                    row.getInt("tries"),
                                    outcome != null
                                            ? null
                                            : row.getObject("next_try_at", OffsetDateTime.class)
                                                    .toInstant());
                        })
                .optional()
                .orElseThrow(Problem::notFound);
    }

    /** What nobody fetched or reported for too long, the oldest of it. */
    @Transactional(readOnly = true)
    List<Unfetched> unfetched() {
        return jdbc.sql(
                        """
                        SELECT id, ticket_id FROM delivery
                        WHERE outcome IS NULL
                            AND not_before < clock_timestamp() - make_interval(secs => ?)
                        ORDER BY not_before LIMIT ?
                        """)
                .params((double) settings.waits().toSeconds(), BATCH)
                .query(
                        (row, _) ->
                                new Unfetched(
                                        row.getObject("id", UUID.class),
                                        row.getObject("ticket_id", UUID.class)))
                .list();
    }

    /** Absent when it has ended meanwhile. */
    Optional<Lost> giveUp(UUID id) {
        return jdbc.sql(
                        """
                        UPDATE delivery SET outcome = 'GIVEN_UP', ended_at = clock_timestamp()
                        WHERE id = ? AND outcome IS NULL
                        RETURNING id, message_id, last_failure
                        """)
                .param(id)
                .query((row, _) -> lost(row))
                .optional();
    }

    /**
     * Forgets what ended long ago, a batch at a time.
     *
     * @return whether there may be more
     */
    boolean forget() {
        return jdbc.sql(
                                """
                                DELETE FROM delivery WHERE id IN (
                                    SELECT id FROM delivery
                                    WHERE outcome IS NOT NULL AND ended_at
                                        < clock_timestamp() - make_interval(secs => ?)
                                    ORDER BY ended_at LIMIT ? FOR UPDATE SKIP LOCKED)
                                """)
                        .params((double) settings.kept().toSeconds(), BATCH)
                        .update()
                == BATCH;
    }

    /** What could be told now; at most ten thousand are counted. */
    @Transactional(readOnly = true)
    Backlog backlog() {
        return jdbc.sql(
                        """
                        SELECT count(*) AS waiting,
                            coalesce(extract(epoch FROM clock_timestamp() - min(not_before)), 0)
                                ::bigint AS oldest
                        FROM (SELECT not_before FROM delivery
                              WHERE outcome IS NULL AND not_before <= clock_timestamp()
                                  AND kind <> ALL (?)
                              ORDER BY not_before LIMIT 10000) AS waiting
                        """)
                .param(resting())
                .query((row, _) -> new Backlog(row.getLong("waiting"), row.getLong("oldest")))
                .single();
    }
}
