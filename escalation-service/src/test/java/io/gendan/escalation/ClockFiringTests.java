package io.gendan.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.ClockWarned;
import io.gendan.events.EscalationEvent.DueChanged;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.WaitingReason;
import io.gendan.messaging.DatabaseClock;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

@EscalationTest
class ClockFiringTests {

    @Autowired ClockFiring firing;
    @Autowired Told told;
    @Autowired DatabaseClock clock;
    @Autowired Clocks clocks;
    @Autowired JdbcTemplate jdbc;

    private final TicketTold ticket = new TicketTold();

    @Test
    void warnsOnceAndStillRaisesWhenItIsDue() {
        var start = clock.now().minus(Duration.ofMinutes(31));
        told.hear(ticket.created(Kind.REQUEST, Priority.NORMAL, start));

        firing.run();
        firing.run();

        assertThat(told.escalations(ticket.id, ClockWarned.class))
                .singleElement()
                .satisfies(
                        warned -> {
                            assertThat(warned.percent()).isEqualTo(50);
                            assertThat(warned.clock()).isEqualTo(ClockKind.FIRST_RESPONSE);
                            assertThat(warned.dueAt()).isEqualTo(start.plus(Duration.ofHours(1)));
                        });
        assertThat(told.raised(ticket.id)).isEmpty();
    }

    @Test
    void keepsWhatIsLeftWhileTheCustomerIsWaitedFor() {
        var start = clock.now().minus(Duration.ofHours(4));
        told.hear(ticket.created(Kind.REQUEST, Priority.NORMAL, start));
        told.hear(ticket.answered(start.plusSeconds(60)));
        told.hear(ticket.waits(WaitingReason.CUSTOMER, start.plus(Duration.ofHours(1))));

        assertThat(lastDue(ticket.id))
                .isEqualTo(new DueChanged(ticket.id, at(ticket.id), null, null, null, null));

        told.hear(ticket.goesOn(start.plus(Duration.ofHours(4))));

        assertThat(lastDue(ticket.id).dueAt()).isEqualTo(start.plus(Duration.ofHours(8)));
    }

    @Test
    void settlesWhatTheTicketRefused() {
        var past = clock.now().minusSeconds(20);
        told.hear(ticket.created(Kind.CONSULTATION, Priority.NORMAL, past));
        firing.run();
        told.hear(ticket.resolved(past.plusSeconds(15)));
        told.hear(ticket.refused(1, past.plusSeconds(16)));

        var raised = told.raised(ticket.id).getFirst();
        var settled = told.escalation(raised.escalationId());
        assertThat(settled.state()).isEqualTo(EscalationState.REFUSED);
        assertThat(settled.settledBecause()).isEqualTo("the ticket is RESOLVED");
    }

    @Test
    void firesNothingThatRests() {
        var start = clock.now().minus(Duration.ofHours(20));
        told.hear(ticket.created(Kind.REQUEST, Priority.NORMAL, start));
        told.hear(ticket.answered(start.plusSeconds(60)));
        told.hear(ticket.waits(WaitingReason.AGREED, start.plusSeconds(120)));

        firing.run();

        assertThat(told.raised(ticket.id)).isEmpty();
    }

    @Test
    void raisesAMajorTicketAtOnceToTheTierThatServesIt() {
        told.hear(
                ticket.created(
                        Kind.COMPLAINT,
                        Priority.URGENT,
                        Channel.APP,
                        Major.MEDIA,
                        false,
                        clock.now()));

        assertThat(told.raised(ticket.id))
                .singleElement()
                .satisfies(
                        raised -> {
                            assertThat(raised.toTier()).isEqualTo(4);
                            assertThat(raised.cause()).isEqualTo(EscalationCause.MAJOR);
                        });
    }

    @Test
    void tellsSilenceAfterAResolutionOnce() {
        var past = clock.now().minusSeconds(10);
        told.hear(ticket.created(Kind.CONSULTATION, Priority.NORMAL, past));
        told.hear(ticket.resolved(past.plusMillis(500)));

        firing.run();
        firing.run();

        assertThat(told.escalations(ticket.id, ClockElapsed.class)).hasSize(1);
        assertThat(told.raised(ticket.id)).isEmpty();
    }

    @Test
    void tellsThatAPromiseIsDueAndRaisesWhenTheTicketSaysItIsBroken() {
        var start = clock.now().minus(Duration.ofMinutes(30));
        var kept = UUID.randomUUID();
        var broken = UUID.randomUUID();
        told.hear(ticket.created(Kind.REQUEST, Priority.NORMAL, start));
        told.hear(ticket.answered(start));
        told.hear(ticket.promises(kept, start.plusSeconds(60), start));
        told.hear(ticket.promises(broken, start.plusSeconds(90), start));
        assertThat(lastDue(ticket.id).clock()).isEqualTo(ClockKind.PROMISE);
        assertThat(lastDue(ticket.id).dueAt()).isEqualTo(start.plusSeconds(60));
        told.hear(ticket.keeps(kept, start.plusSeconds(50)));

        firing.run();
        firing.run();

        assertThat(told.escalations(ticket.id, ClockElapsed.class))
                .singleElement()
                .satisfies(
                        elapsed -> {
                            assertThat(elapsed.clock()).isEqualTo(ClockKind.PROMISE);
                            assertThat(elapsed.about()).isEqualTo(broken);
                            assertThat(elapsed.dueAt()).isEqualTo(start.plusSeconds(90));
                        });
        assertThat(told.raised(ticket.id)).isEmpty();

        told.hear(ticket.breaks(broken, start.plusSeconds(90), clock.now()));
        firing.run();

        assertThat(told.raised(ticket.id))
                .singleElement()
                .satisfies(
                        raised -> {
                            assertThat(raised.cause()).isEqualTo(EscalationCause.PROMISE);
                            assertThat(raised.toTier()).isEqualTo(2);
                            assertThat(told.escalation(raised.escalationId()).state())
                                    .isEqualTo(EscalationState.RAISED);
                        });
    }

    @Test
    void tellsOnceThatAWaitLastedItsLimit() {
        var start = clock.now().minus(Duration.ofMinutes(70));
        var wait = UUID.randomUUID();
        told.hear(ticket.created(Kind.REQUEST, Priority.NORMAL, start));
        told.hear(ticket.answered(start));
        told.hear(ticket.waits(WaitingReason.CARRIER, wait, start.plusSeconds(60)));

        firing.run();
        firing.run();

        assertThat(told.escalations(ticket.id, ClockElapsed.class))
                .singleElement()
                .satisfies(
                        elapsed -> {
                            assertThat(elapsed.clock()).isEqualTo(ClockKind.WAITING);
                            assertThat(elapsed.about()).isEqualTo(wait);
                        });
        assertThat(told.raised(ticket.id)).isEmpty();
    }

    @Test
    void tellsOnceThatNobodyAnsweredTheSurveyAlsoAfterClosing() {
        var start = clock.now().minus(Duration.ofMinutes(70));
        var survey = UUID.randomUUID();
        told.hear(ticket.created(Kind.REQUEST, Priority.NORMAL, start));
        told.hear(ticket.resolvedAndAsks(survey, start.plusSeconds(60)));
        told.hear(ticket.closed(start.plusSeconds(70)));
        assertThat(lastDue(ticket.id).clock()).isNull();

        firing.run();
        firing.run();

        assertThat(told.escalations(ticket.id, ClockElapsed.class))
                .singleElement()
                .satisfies(
                        elapsed -> {
                            assertThat(elapsed.clock()).isEqualTo(ClockKind.SURVEY);
                            assertThat(elapsed.about()).isEqualTo(survey);
                        });
        told.hear(ticket.unanswered(clock.now()));
        assertThat(told.raised(ticket.id)).isEmpty();
    }

    @Test
    void saysWhatIsDueNextOnceAnEvent() {
        var start = clock.now();
        told.hear(ticket.created(Kind.REQUEST, Priority.NORMAL, start));
        told.hear(ticket.assigned("agent-south-1", start));
        told.hear(ticket.answered(start));

        assertThat(told.escalations(ticket.id))
                .extracting(event -> ((DueChanged) event).dueAt())
                .containsExactly(start.plus(Duration.ofHours(1)), start.plus(Duration.ofHours(5)));
    }

    @Test
    void letsOneThatCannotBeFiredStandAside() {
        var past = clock.now().minusSeconds(20);
        var broken = new TicketTold();
        told.hear(broken.created(Kind.CONSULTATION, Priority.NORMAL, past));
        told.hear(ticket.created(Kind.CONSULTATION, Priority.NORMAL, past.plusSeconds(1)));
        jdbc.update("UPDATE clock SET pauses = '\"broken\"' WHERE ticket_id = ?", broken.id);

        firing.run();

        assertThat(told.raised(ticket.id)).hasSize(1);
        assertThat(told.raised(broken.id)).isEmpty();
        jdbc.update("DELETE FROM clock WHERE ticket_id = ?", broken.id);
    }

    @Test
    void knowsHowLongItMaySleep() {
        told.hear(ticket.created(Kind.REQUEST, Priority.NORMAL, clock.now()));

        assertThat(clocks.untilNextFiring())
                .hasValueSatisfying(
                        next -> assertThat(next).isLessThanOrEqualTo(Duration.ofHours(1)));
    }

    private DueChanged lastDue(UUID ticketId) {
        return (DueChanged) told.escalations(ticketId).getLast();
    }

    private Instant at(UUID ticketId) {
        return told.escalations(ticketId).getLast().at();
    }
}
