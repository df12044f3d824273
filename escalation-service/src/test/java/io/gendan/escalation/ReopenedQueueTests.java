package io.gendan.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gendan.api.Caller;
import io.gendan.api.Paging;
import io.gendan.api.Role;
import io.gendan.api.Scope;
import io.gendan.events.ClockKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.EscalationClaimed;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.HandOffPacket;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.QueueEvent.ClaimInvited;
import io.gendan.messaging.DatabaseClock;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A refused solution of a higher tier that nobody of it goes on with stands in its queue again. */
@EscalationTest
class ReopenedQueueTests {

    private static final Scope EVERYTHING = new Scope.Everything();
    private static final Caller FIRST = person("reopened-2-1");
    private static final Caller SECOND = person("reopened-2-2");
    private static final HandOffPacket PACKET =
            new HandOffPacket("called twice", null, "pay", null);

    @Autowired Told told;
    @Autowired EscalationDesk desk;
    @Autowired Watches watches;
    @Autowired Lateness lateness;
    @Autowired DatabaseClock clock;
    @Autowired JdbcTemplate jdbc;

    private final TicketTold ticket = new TicketTold();

    @BeforeEach
    void emptyTheQueues() {
        jdbc.update("UPDATE escalation SET state = 'OVER' WHERE state = 'QUEUED'");
        told.isOnRoster(FIRST.id(), 2, null);
        told.isOnRoster(SECOND.id(), 2, null);
    }

    @Test
    void isClaimedAnewWhenWhoHadItIsAway() {
        var before = claimedAndSolved();
        var figures = lateness.dueToEscalated();

        told.hear(ticket.reopenedToNobody(clock.now()));

        var entry = onlyEntry(2);
        assertThat(entry.packet()).isEqualTo(PACKET);
        var again = entry.escalation();
        assertThat(again.id()).isNotEqualTo(before);
        assertThat(again.stay()).isEqualTo(3);
        assertThat(again.fromTier()).isEqualTo(2);
        assertThat(again.cause()).isEqualTo(EscalationCause.REOPENED);
        assertThat(again.order().answerBy()).isEqualTo(responseOf(ticket).dueAt());
        assertThat(lateness.dueToEscalated()).isEqualTo(figures);
        assertThat(told.invitations(2, ticket.id))
                .hasSize(2)
                .last()
                .isInstanceOfSatisfying(
                        ClaimInvited.class,
                        invited -> assertThat(invited.escalationId()).isEqualTo(again.id()));

        desk.claim(again.id(), SECOND, desk.scope(SECOND));
        told.hear(ticket.assigned(SECOND.id(), clock.now()));

        assertThat(told.escalations(ticket.id))
                .filteredOn(EscalationClaimed.class::isInstance)
                .last()
                .isInstanceOfSatisfying(
                        EscalationClaimed.class,
                        claimed -> {
                            assertThat(claimed.escalationId()).isEqualTo(again.id());
                            assertThat(claimed.stay()).isEqualTo(3);
                        });
        assertThat(found(again.id()).state()).isEqualTo(EscalationState.CONFIRMED);
        assertThat(responseOf(ticket).isRunning()).isFalse();
        assertThat(found(before).isHeldBy(FIRST.id())).isTrue();
    }

    @Test
    void isClaimedWhenItWasSolvedBeforeAnybodyDid() {
        var before = climb();
        told.hear(ticket.resolved(clock.now()));
        assertThat(entries(2)).isEmpty();

        told.hear(ticket.reopenedToNobody(clock.now()));

        assertThat(found(before).state()).isEqualTo(EscalationState.OVER);
        assertThat(onlyEntry(2).escalation().stay()).isEqualTo(3);
        assertThat(responseOf(ticket).isRunning()).isTrue();
    }

    @Test
    void isNobodyElsesWhenWhoHadItGoesOn() {
        claimedAndSolved();

        told.hear(ticket.reopened(clock.now()));

        assertThat(entries(2)).isEmpty();
        assertThat(told.invitations(2, ticket.id)).hasSize(1);
        assertThat(responseOf(ticket).isRunning()).isFalse();
    }

    @Test
    void isSoughtByRoutingAtTheFirstTier() {
        told.hear(ticket.created(Kind.COMPLAINT, Priority.NORMAL, clock.now()));
        told.hear(ticket.assigned("agent-south-1", clock.now()));
        told.hear(ticket.resolved(clock.now()));

        told.hear(ticket.reopenedToNobody(clock.now()));

        assertThat(jdbc.queryForList("SELECT FROM escalation WHERE ticket_id = ?", ticket.id))
                .isEmpty();
    }

    @Test
    void standsInOneQueueWhenItClimbsByThat() {
        claimedAndSolved();
        told.hear(ticket.reopenedToNobody(clock.now()));
        var left = onlyEntry(2).escalation().id();

        told.hear(ticket.wantsUp(EscalationCause.REOPENED, clock.now()));
        var raised =
                told.escalations(ticket.id).stream()
                        .filter(EscalationRaised.class::isInstance)
                        .map(EscalationRaised.class::cast)
                        .toList()
                        .getLast();
        assertThat(raised.stay()).isEqualTo(3);
        assertThat(raised.toTier()).isEqualTo(3);
        told.hear(ticket.escalated(3, EscalationCause.REOPENED, raised.dueAt(), clock.now()));

        assertThat(entries(2)).isEmpty();
        assertThat(onlyEntry(3).escalation().stay()).isEqualTo(4);
        assertThat(catchThrowable(() -> desk.claim(left, SECOND, EVERYTHING)))
                .isInstanceOf(EscalationTaken.class);
        assertThat(told.invitations(3, ticket.id)).hasSize(1);
    }

    @Test
    void comesBackToItsPlaceWhenItWasMergedMeanwhile() {
        claimedAndSolved();
        told.hear(ticket.reopenedToNobody(clock.now()));
        var entry = onlyEntry(2).escalation();

        told.hear(ticket.merged(clock.now()));
        assertThat(entries(2)).isEmpty();
        told.hear(ticket.unmerged(Set.of(), clock.now()));

        var back = onlyEntry(2).escalation();
        assertThat(back.id()).isEqualTo(entry.id());
        assertThat(back.stay()).isEqualTo(4);
        assertThat(back.order()).isEqualTo(entry.order());
    }

    @Test
    void isQueuedAnewHoweverOftenItIsReopened() {
        climb();
        for (int times = 1; times <= 2; times++) {
            told.hear(ticket.resolved(clock.now()));
            told.hear(ticket.reopenedToNobody(clock.now()));

            assertThat(onlyEntry(2).escalation().stay()).isEqualTo(2 + times);
            assertThat(onlyEntry(2).packet()).isEqualTo(PACKET);
        }
    }

    private UUID claimedAndSolved() {
        var id = climb();
        desk.claim(id, FIRST, EVERYTHING);
        told.hear(ticket.assigned(FIRST.id(), clock.now()));
        told.hear(ticket.resolved(clock.now()));
        return id;
    }

    private UUID climb() {
        var now = clock.now();
        told.hear(ticket.created(Kind.COMPLAINT, Priority.NORMAL, now));
        told.hear(ticket.wantsUp(EscalationCause.AGENT, PACKET, now));
        var escalated = ticket.escalated(2, EscalationCause.AGENT, now, now);
        told.hear(escalated);
        return escalated.escalationId();
    }

    private Listed onlyEntry(int tier) {
        var entries = entries(tier);
        assertThat(entries).hasSize(1);
        return entries.getFirst();
    }

    private List<Listed> entries(int tier) {
        return desk
                .queue(tier, new Paging(10, null, "/api/queues/{tier}"), EVERYTHING)
                .items()
                .stream()
                .filter(entry -> entry.escalation().ticketId().equals(ticket.id))
                .toList();
    }

    private Escalation found(UUID id) {
        return desk.escalation(id, EVERYTHING).escalation();
    }

    private Clock responseOf(TicketTold told) {
        return watches.find(told.id).orElseThrow().clocks().stream()
                .filter(clock -> clock.kind() == ClockKind.TIER_RESPONSE)
                .toList()
                .getLast();
    }

    private static Caller person(String id) {
        return new Caller(id, id, Set.of(Role.ESCALATION));
    }
}
