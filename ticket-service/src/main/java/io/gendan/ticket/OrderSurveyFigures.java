package io.gendan.ticket;

import io.gendan.events.Territory;
import io.gendan.ticket.OrderSurveys.Asked;
import io.gendan.ticket.OrderSurveys.Drawn;
import io.gendan.ticket.OrderSurveys.Stratum;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;

/** In numbers what customers say of what was delivered to them, counted as they are asked. */
@Repository
@Transactional
public class OrderSurveyFigures {

    private static final int DIGITS = 2;

    private final JdbcClient jdbc;

    /**
     * Of what was delivered in a day to a territory.
     *
     * @param territory absent where nobody knows it
     * @param asked how many customers
     * @param discontent how many of those that answered are called about it
     * @param averageScore from 1 to 5; absent when nobody answered
     */
    public record OrderSurveyFigure(
            LocalDate day,
            @Nullable Territory territory,
            long delivered,
            long asked,
            long answered,
            long discontent,
            @Nullable BigDecimal averageScore) {}

    OrderSurveyFigures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void asked(LocalDate day, List<Stratum> strata, List<Drawn> asked) {
        jdbc.sql(
                        """
                        INSERT INTO order_survey_count (day, territory, delivered, asked, answered,
                            discontent, score_sum)
                        SELECT :day, territory, delivered, asked, 0, 0, 0
                        FROM unnest(:territories::text[], :delivered::bigint[], :asked::bigint[])
                            AS stratum (territory, delivered, asked)
                        """)
                .param("day", day)
                .param(
                        "territories",
                        strata.stream()
                                .map(stratum -> Rows.name(stratum.territory()))
                                .toArray(String[]::new))
                .param("delivered", strata.stream().map(Stratum::delivered).toArray(Long[]::new))
                .param(
                        "asked",
                        strata.stream().map(stratum -> stratum.countOf(asked)).toArray(Long[]::new))
                .update();
    }

    void answered(Asked asked, int score, boolean isContent) {
        jdbc.sql(
                        """
                        UPDATE order_survey_count SET answered = answered + 1,
                            discontent = discontent + :discontent, score_sum = score_sum + :score
                        WHERE day = :day AND territory IS NOT DISTINCT FROM :territory
                        """)
                .param("discontent", isContent ? 0 : 1)
                .param("score", score)
                .param("day", asked.day())
                .param("territory", Rows.name(asked.territory()))
                .update();
    }

    /** Both days included. */
    @Transactional(readOnly = true)
    public List<OrderSurveyFigure> between(LocalDate from, LocalDate to) {
        return jdbc.sql(
                        """
                        SELECT * FROM order_survey_count WHERE day BETWEEN :from AND :to
                        ORDER BY day, territory NULLS LAST
                        """)
                .param("from", from)
                .param("to", to)
                .query(
                        (row, _) ->
                                new OrderSurveyFigure(
                                        row.getObject("day", LocalDate.class),
                                        Rows.optional(Territory.class, row.getString("territory")),
                                        row.getLong("delivered"),
                                        row.getLong("asked"),
                                        row.getLong("answered"),
                                        row.getLong("discontent"),
                                        average(row.getLong("score_sum"), row.getLong("answered"))))
                .list();
    }

    private static @Nullable BigDecimal average(long sum, long count) {
        return count == 0
                ? null
                : BigDecimal.valueOf(sum)
                        .divide(BigDecimal.valueOf(count), DIGITS, RoundingMode.HALF_UP);
    }
}
