package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        var batch = List.of(new Object[] {"a", TEXT}, new Object[] {"a", TEXT});

        assertThatThrownBy(
                        () ->
                                jdbc.batchUpdate(
                                        "INSERT INTO category (version, code, name_zh, name_en)"
                                                + " VALUES ('no-such', ?, ?, 'x')",
                                        batch))
                .isInstanceOf(DataIntegrityViolationException.class)
                .satisfies(fault -> assertThat(fault.toString()).doesNotContain(TEXT))
                .rootCause()
                .satisfies(fault -> assertThat(fault.toString()).doesNotContain(TEXT));
    }
}
