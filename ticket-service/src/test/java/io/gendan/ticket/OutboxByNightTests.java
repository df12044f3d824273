package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Duration;
import java.util.List;

/** What was due by day and not fetched then wakes nobody, and keeps nothing else from going out. */
@TicketServiceTest
class OutboxByNightTests {

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;
    @Autowired Housekeeping housekeeping;
    @Autowired Outbox outbox;
    @Autowired JdbcClient jdbc;
    @Autowired MeterRegistry meters;

    private TicketAtWork work;

    @BeforeEach
    void ticket() {
        outbox.day();
        work = TicketAtWork.accepted(port, agents, proposals);
        outbox.tellAll(work.client);
    }

    @AfterEach
    void dayBreaks() {
        outbox.day();
    }

    @Test
    void asksOnlyByDayAndAnswersAtAnyHour() {
        solve();
        work.says(work.agent, "您好");
        assertThat(handedOut()).as("in order").containsExactly("SURVEY");

        outbox.night();
        assertThat(handedOut()).containsExactly("MESSAGE");

        outbox.day();
        assertThat(handedOut()).containsExactly("SURVEY");
    }

    @Test
    void tellsOnlyByDayThatItIsSolved() {
        jdbc.sql(
                        """
                        INSERT INTO asked_customer (customer_id, survey_id, asked_at)
                        SELECT customer_id, gen_random_uuid(), clock_timestamp()
                        FROM ticket WHERE id = ?::uuid
                        """)
                .param(work.id)
                .update();
        solve();
        assertThat(handedOut()).containsExactly("SOLVED");

        outbox.night();
        assertThat(handedOut()).isEmpty();
    }

    @Test
    void whatWasFetchedByDayIsReportedByNight() {
        solve();
        var survey = Outbox.waiting(work.client, work.id).getFirst().path("id").asString();

        outbox.night();

        var path = "/api/channels/outbox/" + survey;
        var failed = work.client.post(path + "/failed", "{\"reason\":\"offline\"}");
        assertThat(failed.json().path("tries").asInt()).isEqualTo(1);
        assertThat(work.client.post(path + "/delivered", "").text("outcome"))
                .isEqualTo("DELIVERED");
    }

    @Test
    void measuresByNightOnlyWhatMayBeFetched() {
        jdbc.sql("DELETE FROM delivery WHERE outcome IS NULL").update();
        solve();
        housekeeping.measure();
        assertThat(measured("waiting")).isEqualTo(1);
        assertThat(measured("age")).isGreaterThanOrEqualTo(Duration.ofHours(1).toSeconds());

        outbox.night();
        housekeeping.measure();

        assertThat(measured("waiting")).isZero();
        assertThat(measured("age")).isZero();
    }

    private double measured(String what) {
        return meters.get("channels.outbox." + what).gauge().value();
    }

    /** Two hours ago, so that what the customer hears of it is due. */
    private void solve() {
        var solved = work.edit(work.agent, "resolve", TicketAtWork.SOLVED);
        assertThat(solved.status()).as(solved.response().body()).isEqualTo(200);
        jdbc.sql(
                        """
                        UPDATE delivery SET not_before = not_before - interval '2 hours',
                            next_try_at = next_try_at - interval '2 hours'
                        WHERE ticket_id = ?::uuid AND outcome IS NULL
                        """)
                .param(work.id)
                .update();
    }

    private List<String> handedOut() {
        return Outbox.waiting(work.client, work.id).stream()
                .map(one -> one.path("kind").asString())
                .toList();
    }
}
