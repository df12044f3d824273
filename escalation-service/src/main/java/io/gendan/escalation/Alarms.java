package io.gendan.escalation;

import io.gendan.events.AlarmEvent;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tells people what only they can set right; each matter once a day, whoever meets it first. */
@Repository
class Alarms {

    private static final Logger logger = LoggerFactory.getLogger(Alarms.class);

    private final JdbcClient jdbc;
    private final Saying saying;

    Alarms(JdbcClient jdbc, Saying saying) {
        this.jdbc = jdbc;
        this.saying = saying;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void ring(AlarmEvent alarm) {
        int first =
                jdbc.sql(
                                """
                                INSERT INTO alarm (id, told_at) VALUES (:id, :at)
                                ON CONFLICT DO NOTHING\
                                """)
                        .param("id", alarm.alarmId())
                        .param("at", Columns.time(alarm.at()))
                        .update();
        if (first == 1) {
            logger.error("{}", alarm);
            saying.alarm(alarm);
        }
    }
}
