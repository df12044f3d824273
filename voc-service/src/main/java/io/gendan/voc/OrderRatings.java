package io.gendan.voc;

import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.events.Solved;
import io.gendan.events.SurveyEvent.OrderRated;
import io.gendan.voc.NewestFirst.Kept;
import io.gendan.voc.NewestFirst.Wanted;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** What customers say of their orders. */
@Repository
public class OrderRatings {

    private static final Kept KEPT = new Kept("order_rating", "rated_at", "survey_id");

    private final JdbcClient jdbc;
    private final NewestFirst newest;

    OrderRatings(JdbcClient jdbc, NewestFirst newest) {
        this.jdbc = jdbc;
        this.newest = newest;
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
                .param(Rows.name(rating.territory()))
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
        return newest.page(KEPT, new Wanted(), paging, (row, _) -> rating(row));
    }

    private static OrderRating rating(ResultSet row) throws SQLException {
        return new OrderRating(
                row.getObject("survey_id", UUID.class),
                row.getString("order_id"),
                row.getString("seller_id"),
                Rows.territory(row.getString("territory")),
                Solved.valueOf(row.getString("solved")),
                row.getInt("score"),
                row.getObject("ticket_id", UUID.class),
                row.getString("text"),
                row.getObject("rated_at", OffsetDateTime.class).toInstant());
    }
}
