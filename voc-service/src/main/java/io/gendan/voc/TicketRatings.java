package io.gendan.voc;

import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.events.Channel;
import io.gendan.events.Kind;
import io.gendan.events.Solved;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent.SurveyAnswered;
import io.gendan.voc.NewestFirst.Kept;
import io.gendan.voc.NewestFirst.Wanted;

import org.jspecify.annotations.Nullable;
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

/** What customers say of how their tickets were solved. */
@Repository
public class TicketRatings {

    private static final Kept KEPT = new Kept("ticket_rating", "rated_at", "survey_id");

    private final JdbcClient jdbc;
    private final HeardTickets tickets;
    private final NewestFirst newest;

    /**
     * Which of them; what is absent does not matter.
     *
     * @param category of either level; one of the first stands for all below it
     * @param since the earliest
     * @param until before which
     */
    public record Filter(
            @Nullable String category,
            @Nullable Territory territory,
            @Nullable Boolean late,
            @Nullable Integer score,
            @Nullable Instant since,
            @Nullable Instant until) {}

    TicketRatings(JdbcClient jdbc, HeardTickets tickets, NewestFirst newest) {
        this.jdbc = jdbc;
        this.tickets = tickets;
        this.newest = newest;
    }

    /**
     * @throws IllegalStateException when nobody told that the ticket was created
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void listen(SurveyAnswered answered) {
        var rating = TicketRating.of(tickets.require(answered.ticketId()), answered);
        jdbc.sql(
                        """
                        INSERT INTO ticket_rating (survey_id, ticket_id, number, kind, category,
                            channel, territory, solved, score, late, text, rated_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                        """)
                .param(rating.surveyId())
                .param(rating.ticketId())
                .param(rating.number())
                .param(rating.kind().name())
                .param(rating.category())
                .param(rating.channel().name())
                .param(Rows.name(rating.territory()))
                .param(rating.solved().name())
                .param(rating.score())
                .param(rating.late())
                .param(rating.text())
                .param(rating.ratedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public Page<TicketRating> page(Filter filter, Paging paging) {
        var wanted =
                new Wanted()
                        .where(ofCategory(filter.category()), "category", filter.category())
                        .where("territory = :territory", "territory", Rows.name(filter.territory()))
                        .where("late = :late", "late", filter.late())
                        .where("score = :score", "score", filter.score())
                        .where("rated_at >= :since", "since", Rows.storable(filter.since()))
                        .where("rated_at < :until", "until", Rows.storable(filter.until()));
        return newest.page(KEPT, wanted, paging, (row, _) -> rating(row));
    }

    /** Those of the first level are few and broad: the order of time finds them soon. */
    private static String ofCategory(@Nullable String category) {
        return category == null || category.contains(".")
                ? "category = :category"
                : "split_part(category, '.', 1) = :category";
    }

    private static TicketRating rating(ResultSet row) throws SQLException {
        return new TicketRating(
                row.getObject("survey_id", UUID.class),
                row.getObject("ticket_id", UUID.class),
                row.getString("number"),
                Kind.valueOf(row.getString("kind")),
                row.getString("category"),
                Channel.valueOf(row.getString("channel")),
                Rows.territory(row.getString("territory")),
                Solved.valueOf(row.getString("solved")),
                row.getInt("score"),
                row.getBoolean("late"),
                row.getString("text"),
                row.getObject("rated_at", OffsetDateTime.class).toInstant());
    }
}
