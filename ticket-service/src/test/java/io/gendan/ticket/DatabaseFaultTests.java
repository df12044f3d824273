package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

import java.util.List;

@TicketServiceTest
class DatabaseFaultTests {

    private static final String TEXT = "我的手机13800138000";

    @Autowired JdbcTemplate jdbc;

    /** A fault is logged with its message, and what customers wrote is not for the log. */
    @Test
    void doesNotTellWhatCustomersWrote() {
        var batch = List.of(new Object[] {"A", TEXT}, new Object[] {"B", TEXT});

        assertThatThrownBy(
                        () ->
                                jdbc.batchUpdate(
                                        "INSERT INTO category (version, code, name_zh)"
                                                + " VALUES ('2026.1', ?, ?)",
                                        batch))
                .isInstanceOf(DataIntegrityViolationException.class)
                .satisfies(
                        fault ->
                                assertThat(Throwables.getStackTrace(fault))
                                        .contains("violates not-null constraint")
                                        .doesNotContain(TEXT));
    }
}
