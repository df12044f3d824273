package io.gendan.ticket;

import io.gendan.events.Territory;
import io.gendan.ticket.rules.Surveying.Daily;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Who is asked about an order that was delivered. */
@Repository
class OrderSurveys {

    private static final int BATCH = 1_000;

    /** "survey": tells this advisory lock from those of others in the database. */
    private static final long DRAWING = 0x737572766579L;

    private static final String LED_TO =
            """
            SELECT order_survey.*, shop_order.seller_id
            FROM order_survey JOIN shop_order ON shop_order.id = order_id
            WHERE token_index = ?\
            """;

    private final JdbcClient jdbc;
    private final Vault vault;

    /**
     * What was delivered in a day to a territory.
     *
     * @param territory absent where nobody knows it
     */
    record Stratum(@Nullable Territory territory, long delivered) {

        long countOf(List<Drawn> asked) {
            return asked.stream().filter(one -> one.territory() == territory).count();
        }
    }

    /** An order by which its customer is asked, from some time on. */
    record Drawn(
            UUID surveyId,
            String orderId,
            UUID customerId,
            @Nullable String sellerId,
            @Nullable Territory territory,
            Instant deliveredAt,
            Instant askedAt) {

        Drawn askedAt(Instant at) {
            return new Drawn(surveyId, orderId, customerId, sellerId, territory, deliveredAt, at);
        }
    }

    /** One that was sent out. */
    record Asked(
            UUID id,
            String orderId,
            UUID customerId,
            @Nullable String sellerId,
            @Nullable Territory territory,
            LocalDate day,
            Instant askedAt,
            @Nullable Instant answeredAt) {

        boolean canBeAnswered(Instant now, Duration accepted) {
            return answeredAt == null && !now.isAfter(askedAt.plus(accepted));
        }

        Survey.Look look(Instant now, Duration accepted) {
            return canBeAnswered(now, accepted)
                    ? new Survey.Look(SurveyState.OPEN, askedAt.plus(accepted))
                    : Survey.Look.at(answeredAt == null ? SurveyState.OVER : SurveyState.ANSWERED);
        }
    }

    OrderSurveys(JdbcClient jdbc, Vault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
    }

    /**
     * Waits for nobody who is drawing it.
     *
     * @return whether the lot of the day was not drawn yet; then nobody else draws it
     */
    boolean claim(LocalDate day, Instant now) {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(?)")
                        .param(DRAWING)
                        .query(Boolean.class)
                        .single()
                && jdbc.sql(
                                        """
                                        INSERT INTO order_survey_draw (day, drawn_at) VALUES (?, ?)
                                        ON CONFLICT DO NOTHING
                                        """)
                                .param(day)
                                .param(Rows.timestamp(now))
                                .update()
                        == 1;
    }

    List<Stratum> strata(Instant from, Instant until) {
        return jdbc.sql(
                        """
                        SELECT province.territory, count(*) AS delivered
                        FROM shop_order LEFT JOIN province ON province.code = left(divisions[1], 2)
                        WHERE delivered_at >= :from AND delivered_at < :until
                            AND cancelled_at IS NULL
                        GROUP BY province.territory
                        """)
                .param("from", Rows.timestamp(from))
                .param("until", Rows.timestamp(until))
                .query(
                        (row, _) ->
                                new Stratum(
                                        Rows.optional(Territory.class, row.getString("territory")),
                                        row.getLong("delivered")))
                .list();
    }

    /**
     * As many of each stratum as the rules want, by lot: one order of a customer, who was not asked
     * for a time, and of which there is no ticket.
     *
     * @param askedSince who was asked about a ticket since then is left in peace
     */
    List<Drawn> draw(
            List<Stratum> strata,
            Daily daily,
            LocalDate day,
            Instant from,
            Instant until,
            Instant now,
            Instant askedSince) {
        return jdbc.sql(
                        """
                        WITH candidate AS (
                            SELECT DISTINCT ON (ordered.customer_id)
                                ordered.id, ordered.customer_id, ordered.seller_id,
                                ordered.delivered_at, province.territory,
                                md5(ordered.id || :day) AS lot
                            FROM shop_order AS ordered
                                LEFT JOIN province ON province.code = left(divisions[1], 2)
                            WHERE ordered.delivered_at >= :from AND ordered.delivered_at < :until
                                AND ordered.cancelled_at IS NULL
                                AND NOT EXISTS (
                                    SELECT FROM order_survey AS before
                                    WHERE before.customer_id = ordered.customer_id
                                        AND before.asked_at > :longAgo)
                                AND NOT EXISTS (
                                    SELECT FROM order_survey AS before
                                    WHERE before.order_id = ordered.id)
                                AND NOT EXISTS (
                                    SELECT FROM asked_customer AS before
                                    WHERE before.customer_id = ordered.customer_id
                                        AND before.asked_at > :askedSince)
                                AND NOT EXISTS (
                                    SELECT FROM ticket
                                    WHERE ticket.order_id = ordered.id
                                        AND ticket.customer_id = ordered.customer_id)
                            ORDER BY ordered.customer_id, md5(ordered.id || :day)),
                        placed AS (
                            SELECT *, row_number() OVER (PARTITION BY territory ORDER BY lot)
                                AS place
                            FROM candidate)
                        SELECT placed.* FROM placed
                            JOIN unnest(:territories::text[], :wanted::bigint[])
                                AS stratum (territory, wanted)
                                ON stratum.territory IS NOT DISTINCT FROM placed.territory
                        WHERE place <= wanted ORDER BY customer_id
                        """)
                .param("day", day.toString())
                .param("from", Rows.timestamp(from))
                .param("until", Rows.timestamp(until))
                .param("longAgo", Rows.timestamp(now.minus(daily.oncePer())))
                .param("askedSince", Rows.timestamp(askedSince))
                .param("territories", array(strata, stratum -> Rows.name(stratum.territory())))
                .param(
                        "wanted",
                        strata.stream()
                                .map(
                                        stratum ->
                                                daily.wanted(
                                                        stratum.delivered(),
                                                        stratum.territory() != null))
                                .toArray(Long[]::new))
                .query(
                        (row, _) ->
                                new Drawn(
                                        surveyId(row.getString("id"), day),
                                        row.getString("id"),
                                        row.getObject("customer_id", UUID.class),
                                        row.getString("seller_id"),
                                        Rows.optional(Territory.class, row.getString("territory")),
                                        row.getObject("delivered_at", OffsetDateTime.class)
                                                .toInstant(),
                                        now))
                .list();
    }

    /** Derived from its cause: of an order that was delivered that day there is one. */
    private static UUID surveyId(String orderId, LocalDate day) {
        var name = "order-survey:" + orderId + ":" + day;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Asks those whom nobody asks meanwhile.
     *
     * @return those who are asked
     */
    List<Drawn> claimCustomers(List<Drawn> drawn, Instant now, Instant askedSince) {
        var claimed =
                new HashSet<>(
                        jdbc.sql(
                                        """
                                        INSERT INTO asked_customer (customer_id, survey_id, asked_at)
                                        SELECT customer, survey, :now
                                        FROM unnest(:customers::uuid[], :surveys::uuid[])
                                            AS asked (customer, survey)
                                        ORDER BY customer
                                        ON CONFLICT (customer_id) DO UPDATE SET
                                            survey_id = excluded.survey_id,
                                            asked_at = excluded.asked_at
                                        WHERE asked_customer.asked_at <= :askedSince
                                        RETURNING customer_id
                                        """)
                                .param("now", Rows.timestamp(now))
                                .param("customers", ids(drawn, Drawn::customerId))
                                .param("surveys", ids(drawn, Drawn::surveyId))
                                .param("askedSince", Rows.timestamp(askedSince))
                                .query(UUID.class)
                                .list());
        return drawn.stream().filter(one -> claimed.contains(one.customerId())).toList();
    }

    void open(List<Drawn> asked, LocalDate day) {
        jdbc.sql(
                        """
                        INSERT INTO order_survey
                            (id, order_id, customer_id, territory, day, token_index, asked_at)
                        SELECT id, order_id, customer_id, territory, :day, token_index, asked_at
                        FROM unnest(:ids::uuid[], :orders::text[], :customers::uuid[],
                                :territories::text[], :tokens::bytea[], :askedAt::timestamptz[])
                            AS asked (id, order_id, customer_id, territory, token_index, asked_at)
                        """)
                .param("day", day)
                .param(
                        "askedAt",
                        asked.stream().map(one -> one.askedAt().toString()).toArray(String[]::new))
                .param("ids", ids(asked, Drawn::surveyId))
                .param("orders", array(asked, Drawn::orderId))
                .param("customers", ids(asked, Drawn::customerId))
                .param("territories", array(asked, one -> Rows.name(one.territory())))
                .param(
                        "tokens",
                        asked.stream()
                                .map(one -> vault.index(vault.token(one.surveyId())))
                                .toArray(byte[][]::new))
                .update();
    }

    /** The survey that a token leads to; its row locked until the transaction ends. */
    Optional<Asked> lock(String token) {
        return read(LED_TO + " FOR UPDATE OF order_survey", token);
    }

    /** As it is now, which may change meanwhile. */
    Optional<Asked> find(String token) {
        return read(LED_TO, token);
    }

    private Optional<Asked> read(String select, String token) {
        return jdbc.sql(select).param(vault.index(token)).query((row, _) -> asked(row)).optional();
    }

    private static Asked asked(ResultSet row) throws SQLException {
        return new Asked(
                row.getObject("id", UUID.class),
                row.getString("order_id"),
                row.getObject("customer_id", UUID.class),
                row.getString("seller_id"),
                Rows.optional(Territory.class, row.getString("territory")),
                row.getObject("day", LocalDate.class),
                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                Rows.instant(row.getObject("answered_at", OffsetDateTime.class)));
    }

    void answered(Asked asked, Instant now) {
        jdbc.sql("UPDATE order_survey SET answered_at = ? WHERE id = ?")
                .param(Rows.timestamp(now))
                .param(asked.id())
                .update();
    }

    /**
     * Forgets who was asked before then, a batch at a time.
     *
     * @return whether there may be more
     */
    @Transactional
    boolean forget(Instant before) {
        return jdbc.sql(
                                """
                                DELETE FROM order_survey WHERE id IN (
                                    SELECT id FROM order_survey WHERE asked_at < ?
                                    ORDER BY asked_at LIMIT ? FOR UPDATE SKIP LOCKED)
                                """)
                        .param(Rows.timestamp(before))
                        .param(BATCH)
                        .update()
                == BATCH;
    }

    private static <T> @Nullable String[] array(List<T> all, Function<T, @Nullable String> one) {
        return all.stream().map(one).toArray(String[]::new);
    }

    private static UUID[] ids(List<Drawn> all, Function<Drawn, UUID> one) {
        return all.stream().map(one).map(Objects::requireNonNull).toArray(UUID[]::new);
    }
}
