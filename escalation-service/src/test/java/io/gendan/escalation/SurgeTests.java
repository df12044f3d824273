package io.gendan.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.AlarmEvent;
import io.gendan.events.AlarmEvent.TierFlooded;
import io.gendan.events.ClockKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.ClimbDeferred;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.Topics;
import io.gendan.messaging.EventLog;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What becomes of climbs to a tier with a long line, by the shipped policy. */
@EscalationTest
class SurgeTests {

    /** Before the policy of the tests, and before what other tests leave behind. */
    private static final Instant START = Instant.parse("2025-01-18T04:00:00Z");

    private static final int LEAST = 100;

    @Autowired ClockFiring firing;
    @Autowired Watches watches;
    @Autowired Escalations escalations;
    @Autowired EventLog log;
    @Autowired Told told;
    @Autowired SettableTime time;
    @Autowired JdbcTemplate jdbc;

    private final TicketTold ticket = new TicketTold();
    private final List<TicketTold> created = new ArrayList<>();

    @BeforeEach
    void emptyTheQueues() {
        jdbc.update("UPDATE escalation SET state = 'OVER' WHERE state = 'QUEUED'");
    }

    /** What a test left open would run out before the other tests. */
    @AfterEach
    void close() {
        created.forEach(one -> told.hear(one.closed(after(100_000))));
    }

    @Test
    void putsAClimbOffOnceAndThenLetsItHappenThoughItCrashesBetween() {
        create(ticket, Kind.REQUEST, Priority.NORMAL, START);
        lineUp(LEAST);

        time.aborted(after(30), firing::run);
        fireAt(after(30));
        fireAt(after(31));
        fireAt(after(40).minusNanos(1_000));

        assertThat(deferrals(ticket))
                .containsExactly(
                        new ClimbDeferred(
                                ticket.id,
                                1,
                                after(30),
                                ClockKind.FIRST_RESPONSE,
                                after(30),
                                2,
                                after(40)));
        assertThat(raised(ticket)).isEmpty();

        time.aborted(after(40), firing::run);
        fireAt(after(40));

        assertThat(deferrals(ticket)).hasSize(1);
        assertThat(raised(ticket))
                .singleElement()
                .satisfies(
                        climbs -> {
                            assertThat(climbs.at()).isEqualTo(after(40));
                            assertThat(climbs.dueAt()).isEqualTo(after(30));
                        });
    }

    @Test
    void tellsTheSupervisorOnceADay() {
        var second = new TicketTold();
        create(ticket, Kind.REQUEST, Priority.NORMAL, START);
        create(second, Kind.REQUEST, Priority.NORMAL, START.plusSeconds(60));
        lineUp(LEAST);

        fireAt(after(30));
        fireAt(after(31));

        assertThat(deferrals(ticket)).hasSize(1);
        assertThat(deferrals(second)).hasSize(1);
        var alarms = log.timeline(Topics.TIME_ALARMS, "tier-flooded:2:2025-01-18", 0, 10);
        assertThat(alarms).hasSize(1);
        assertThat(log.read(alarms.getFirst(), AlarmEvent.class))
                .isInstanceOfSatisfying(
                        TierFlooded.class,
                        flooded -> {
                            assertThat(flooded.queued()).isEqualTo(LEAST);
                            assertThat(flooded.hours()).isEqualTo(2);
                        });
    }

    @Test
    void climbsAtOnceToATierWhoseLineIsShort() {
        create(ticket, Kind.REQUEST, Priority.NORMAL, START);
        lineUp(LEAST - 1);

        fireAt(after(30));

        assertThat(deferrals(ticket)).isEmpty();
        assertThat(raised(ticket)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"URGENT", "HIGH"})
    void climbsAtOnceWhenItIsAComplaintOfHighPriority(Priority priority) {
        create(ticket, Kind.COMPLAINT, priority, START);
        lineUp(LEAST);

        fireAt(after(30));

        assertThat(deferrals(ticket)).isEmpty();
        assertThat(raised(ticket)).hasSize(1);
    }

    @Test
    void doesNotClimbOnceSomebodyAnsweredMeanwhile() {
        create(ticket, Kind.REQUEST, Priority.NORMAL, START);
        lineUp(LEAST);
        fireAt(after(30));

        told.hear(ticket.answered(after(35)));
        fireAt(after(40));

        assertThat(raised(ticket)).isEmpty();
    }

    /** Else its tier would lose it by what the tier below let pass. */
    @Test
    void climbsNoFurtherByWhatWasPutOffWhenItClimbedOtherwise() {
        create(ticket, Kind.REQUEST, Priority.NORMAL, START);
        lineUp(LEAST);
        fireAt(after(30));

        told.hear(ticket.escalated(2, EscalationCause.AGENT, after(35), after(35)));
        fireAt(after(41));

        assertThat(raised(ticket)).isEmpty();
    }

    @Test
    void letsThoseClimbFirstThatWereDueFirst() {
        create(ticket, Kind.REQUEST, Priority.NORMAL, START.plusSeconds(10));
        var sooner = new TicketTold();
        var later = new TicketTold();
        create(later, Kind.REQUEST, Priority.NORMAL, START.plusSeconds(20));
        create(sooner, Kind.REQUEST, Priority.NORMAL, START);
        lineUp(LEAST);
        fireAt(after(31));

        var due = time.at(after(41), () -> watches.lockDue(500));

        assertThat(due)
                .extracting(watch -> watch.facts().id())
                .containsSubsequence(sooner.id, ticket.id, later.id);
    }

    @Test
    void measuresALineByWhatItsTierTook() {
        lineUp(5);
        jdbc.update(
                """
                UPDATE escalation SET state = 'CONFIRMED',
                    claimed_at = timestamptz '2125-01-01T00:00:00Z' + make_interval(secs => taken.n)
                FROM (SELECT id, row_number() OVER () AS n FROM escalation
                    WHERE state = 'QUEUED' LIMIT 3) AS taken
                WHERE taken.id = escalation.id
                """);

        assertThat(escalations.line(2, Instant.parse("2125-01-01T00:00:02Z")))
                .isEqualTo(new Surge.Line(2, 2));
        assertThat(escalations.line(3, Instant.parse("2125-01-01T00:00:02Z")))
                .isEqualTo(new Surge.Line(0, 0));
        jdbc.update("UPDATE escalation SET claimed_at = NULL WHERE claimed_at > '2100-01-01'");
    }

    @Test
    void isFloodedByMoreThanItTakesAndByNoFewThings() {
        var surge = new Surge(2, LEAST, Duration.ofMinutes(10));

        assertThat(surge.isFlooded(new Surge.Line(LEAST, LEAST - 1))).isTrue();
        assertThat(surge.isFlooded(new Surge.Line(LEAST, LEAST))).isFalse();
        assertThat(surge.isFlooded(new Surge.Line(LEAST - 1, 0))).isFalse();
    }

    /** Waiting for tier 2 since shortly before the tests' ticket is due, and not due themselves. */
    private void lineUp(int many) {
        for (int i = 0; i < many; i++) {
            var other = new TicketTold();
            create(other, Kind.SUGGESTION, Priority.NORMAL, after(29));
            told.hear(other.escalated(2, EscalationCause.AGENT, after(29), after(29)));
        }
    }

    private void create(TicketTold of, Kind kind, Priority priority, Instant at) {
        created.add(of);
        told.hear(of.created(kind, priority, at));
    }

    private void fireAt(Instant now) {
        time.at(now, firing::run);
    }

    private List<ClimbDeferred> deferrals(TicketTold of) {
        return told.escalations(of.id, ClimbDeferred.class);
    }

    private List<EscalationRaised> raised(TicketTold of) {
        return told.raised(of.id);
    }

    private static Instant after(int minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }
}
