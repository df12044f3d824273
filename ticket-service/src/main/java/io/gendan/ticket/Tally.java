package io.gendan.ticket;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Numbers per day and something else, each in two tables: what is counted is written down beside
 * the others' and added up by and by, so that nobody waits for a row that all count in.
 */
@Repository
class Tally {

    private static final int BATCH = 1_000;
    private static final int DIGITS = 4;

    private final JdbcClient jdbc;

    /**
     * What is counted.
     *
     * @param name of the tables, before {@code _delta} and {@code _tally}
     * @param by the column beside the day
     * @param numbers the columns that are added up
     */
    record Counted(String name, String by, List<String> numbers) {

        private String key() {
            return "day, " + by;
        }

        private String columns() {
            return key() + ", " + String.join(", ", numbers);
        }

        private String each(UnaryOperator<String> sql) {
            return numbers.stream().map(sql).collect(Collectors.joining(", "));
        }
    }

    Tally(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Both days included. */
    <T> List<T> between(Counted counted, LocalDate from, LocalDate to, RowMapper<T> figure) {
        return jdbc.sql(
                        """
                        SELECT %1$s, %2$s
                        FROM (SELECT %3$s FROM %4$s_tally
                              UNION ALL
                              SELECT %3$s FROM %4$s_delta) AS counted
                        WHERE day BETWEEN :from AND :to
                        GROUP BY %1$s ORDER BY %1$s
                        """
                                .formatted(
                                        counted.key(),
                                        counted.each("sum(%1$s) AS %1$s"::formatted),
                                        counted.columns(),
                                        counted.name()))
                .param("from", from)
                .param("to", to)
                .query(figure)
                .list();
    }

    /**
     * Adds up what was counted, a batch at a time.
     *
     * @return whether there may be more
     */
    boolean fold(Counted counted) {
        return jdbc.sql(
                                """
                                WITH taken AS (
                                    DELETE FROM %4$s_delta WHERE id IN (
                                        SELECT id FROM %4$s_delta
                                        ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED)
                                    RETURNING %3$s),
                                folded AS (
                                    INSERT INTO %4$s_tally AS tally (%3$s)
                                    SELECT %1$s, %2$s FROM taken GROUP BY %1$s ORDER BY %1$s
                                    ON CONFLICT (%1$s) DO UPDATE SET %5$s)
                                SELECT count(*) FROM taken
                                """
                                        .formatted(
                                                counted.key(),
                                                counted.each("sum(%s)"::formatted),
                                                counted.columns(),
                                                counted.name(),
                                                counted.each(
                                                        "%1$s = tally.%1$s + excluded.%1$s"
                                                                ::formatted)))
                        .param(BATCH)
                        .query(Integer.class)
                        .single()
                == BATCH;
    }

    /** Absent when there is nothing to have a share of. */
    static @Nullable BigDecimal rate(long part, long all) {
        return all == 0
                ? null
                : BigDecimal.valueOf(part)
                        .divide(BigDecimal.valueOf(all), DIGITS, RoundingMode.HALF_UP);
    }
}
