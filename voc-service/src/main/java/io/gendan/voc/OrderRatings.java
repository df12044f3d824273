package io.gendan.voc;

import io.gendan.api.Cursor;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.events.Solved;
import io.gendan.events.SurveyEvent.OrderRated;
import io.gendan.events.Territory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** What customers say of their orders. */
@Repository
public class OrderRatings {

    private final JdbcClient jdbc;

    OrderRatings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void listen(OrderRated rated) {
        var rating = OrderRating.of(rated);
        jdbc.sql(
                        """
                        INSERT INTO order_rating (survey_id, order_id, seller_id, territory, solved,
                            score, ticket_id, text, rated_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
                        """)
                .param(rating.surveyId())
                .param(rating.orderId())
                .param(rating.sellerId())
                .param(rating.territory() == null ? null : rating.territory().name())
                .param(rating.solved().name())
                .param(rating.score())
                .param(rating.ticketId())
                .param(rating.text())
                .param(rating.ratedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public Page<OrderRating> page(Paging paging) {
        var after = paging.after();
        var rows =
                jdbc.sql(
                                """
                                SELECT * FROM order_rating
                                WHERE :beginning OR (rated_at, survey_id) < (:rated_at, :id)
                                ORDER BY rated_at DESC, survey_id DESC LIMIT :rows\
                                """)
                        .param("beginning", after == null)
                        .param(
                                "rated_at",
                                OffsetDateTime.ofInstant(
                                        after == null ? Instant.EPOCH : after.instant(0),
                                        ZoneOffset.UTC))
                        .param("id", after == null ? new UUID(0, 0) : after.id(1))
                        .param("rows", paging.rowsToRead())
                        .query((row, _) -> rating(row))
                        .list();
        return Page.of(rows, paging, last -> Cursor.at(last.ratedAt(), last.surveyId()));
    }

    private static OrderRating rating(ResultSet row) throws SQLException {
        var territory = row.getString("territory");
        return new OrderRating(
                row.getObject("survey_id", UUID.class),
                row.getString("order_id"),
                row.getString("seller_id"),
                territory == null ? null : Territory.valueOf(territory),
                Solved.valueOf(row.getString("solved")),
                row.getInt("score"),
                row.getObject("ticket_id", UUID.class),
                row.getString("text"),
                row.getObject("rated_at", OffsetDateTime.class).toInstant());
    }
}
