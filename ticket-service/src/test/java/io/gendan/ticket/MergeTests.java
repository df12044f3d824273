package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.CALL;
import static io.gendan.ticket.TicketFixtures.CALLBACK;
import static io.gendan.ticket.TicketFixtures.CALL_DUE;
import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.RULES;
import static io.gendan.ticket.TicketFixtures.XU;
import static io.gendan.ticket.TicketFixtures.acceptedTicket;
import static io.gendan.ticket.TicketFixtures.assignedTicket;
import static io.gendan.ticket.TicketFixtures.call;
import static io.gendan.ticket.TicketFixtures.choice;
import static io.gendan.ticket.TicketFixtures.newTicket;
import static io.gendan.ticket.TicketFixtures.otherTicket;
import static io.gendan.ticket.TicketFixtures.personalDataTicket;
import static io.gendan.ticket.TicketFixtures.promiseOver;
import static io.gendan.ticket.TicketFixtures.proposal;
import static io.gendan.ticket.TicketFixtures.replayed;
import static io.gendan.ticket.TicketFixtures.resolvedTicket;
import static io.gendan.ticket.TicketFixtures.said;
import static io.gendan.ticket.TicketFixtures.solution;
import static io.gendan.ticket.TicketFixtures.ticketIn;
import static io.gendan.ticket.TicketFixtures.waitingTicket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gendan.api.Problem;
import io.gendan.events.Channel;
import io.gendan.events.ContactOutcome;
import io.gendan.events.Major;
import io.gendan.events.TicketEvent.AssignmentRefused;
import io.gendan.events.TicketEvent.EscalationRefused;
import io.gendan.events.TicketEvent.TicketAbsorbed;
import io.gendan.events.TicketEvent.TicketMerged;
import io.gendan.events.TicketEvent.TicketReleased;
import io.gendan.events.TicketEvent.TicketUnmerged;
import io.gendan.events.TicketEvent.WaitingEnded;
import io.gendan.events.WaitingReason;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Two tickets about one matter. */
class MergeTests {

    private static final Instant LATER = NOON.plusSeconds(100);
    private static final UUID MESSAGE = new UUID(0, 99);

    @Test
    void theMatterAndItsPromisesGoOnAtTheOtherTicketUntilThatIsUndone() {
        var ticket = waitingTicket(WaitingReason.AGREED);
        var before = ticket.memento();
        var other = otherTicket();
        ticket.drainNews();

        ticket.ties().mergeInto(other, "same parcel", LATER);

        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.MERGED);
        assertThat(ticket.drainNews())
                .containsExactly(
                        new TicketMerged(
                                ticket.id(),
                                1,
                                1,
                                LATER,
                                other.id(),
                                other.created().number(),
                                "same parcel",
                                List.of(CALL)));
        assertThat(other.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        TicketAbsorbed.class,
                        absorbed -> {
                            assertThat(absorbed.mergedTicket()).isEqualTo(ticket.id());
                            assertThat(absorbed.askedAt()).isEqualTo(ticket.created().at());
                            assertThat(absorbed.promises())
                                    .singleElement()
                                    .satisfies(
                                            promise -> {
                                                assertThat(promise.promiseId()).isEqualTo(CALL);
                                                assertThat(promise.owner()).isEqualTo(XU);
                                                assertThat(promise.dueAt()).isEqualTo(CALL_DUE);
                                            });
                        });
        assertThat(other.promise(CALL).isOpen()).isTrue();
        assertThat(ticket.promise(CALL).outcome()).isEqualTo(PromiseOutcome.MOVED);

        ticket.ties().unmergeFrom(other, null, LATER);

        var after = ticket.memento();
        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("round", "stay", "version", "updatedAt")
                .isEqualTo(before);
        assertThat(after.round()).isEqualTo(before.round() + 1);
        assertThat(after.stay()).isEqualTo(before.stay() + 1);
        assertThat(ticket.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        TicketUnmerged.class,
                        undone -> assertThat(undone.promises()).containsExactly(CALL));
        assertThat(other.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        TicketReleased.class,
                        released -> {
                            assertThat(released.promises()).containsExactly(CALL);
                            assertThat(released.askedAt()).isEqualTo(other.created().at());
                        });
        assertThat(other.promise(CALL).outcome()).isEqualTo(PromiseOutcome.MOVED);
        assertThat(other.memento().absorbed()).isEmpty();
    }

    @Test
    void noLongerWaitsForAPromiseThatWasKeptMeanwhile() {
        var ticket = waitingTicket(WaitingReason.AGREED);
        var other = otherTicket();
        ticket.ties().mergeInto(other, "same parcel", LATER);
        other.keep(CALL, XU, solution(null), LATER);
        ticket.drainNews();

        ticket.ties().unmergeFrom(other, null, LATER);

        assertThat(ticket.drainNews())
                .extracting(Object::getClass)
                .isEqualTo(List.of(TicketUnmerged.class, WaitingEnded.class));
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.IN_PROGRESS);
        assertThat(ticket.promise(CALL).outcome()).isEqualTo(PromiseOutcome.MOVED);
    }

    @Test
    void refusesWhatCannotBeMergedAndChangesNothing() {
        var authority = newTicket(Major.REGULATOR);
        refusesToMerge(authority, otherTicket(), "never-merged");
        refusesToMerge(otherTicket(), authority, "never-merged");
        refusesToMerge(personalDataTicket(), otherTicket(), "never-merged");
        refusesToMerge(otherTicket(), personalDataTicket(), "never-merged");
        refusesToMerge(newTicket(), newTicket(), "merge-other");
        refusesToMerge(otherTicket(), resolvedTicket(), "merge-not-open");
        refusesToMerge(otherTicket(), ticketIn(TicketStatus.MERGED), "merge-not-open");
        var absorbing = otherTicket();
        acceptedTicket().ties().mergeInto(absorbing, "same parcel", LATER);
        absorbing.drainNews();
        refusesToMerge(absorbing, acceptedTicket(), "has-absorbed");
        refusesToMerge(newTicket(Major.SAFETY), otherTicket(), "merge-hides");
    }

    @Test
    void takesNoMoreThanOneCanLookThrough() {
        var into = otherTicket();
        for (int i = 0; i < 50; i++) {
            acceptedTicket().ties().mergeInto(into, "same parcel", LATER);
        }

        var another = acceptedTicket();
        another.drainNews();
        into.drainNews();

        refusesToMerge(another, into, "too-many");
        assertThat(into.memento().absorbed()).hasSize(50);
    }

    @Test
    void theCarrierSearchesOnAfterTheUndo() {
        var ticket = acceptedTicket();
        ticket.awaitSearch(MESSAGE, XU, NOON.plusSeconds(3));
        var other = otherTicket();
        ticket.ties().mergeInto(other, "same parcel", LATER);

        ticket.ties().unmergeFrom(other, null, LATER);

        assertThat(ticket.memento().waitingReason()).isEqualTo(WaitingReason.CARRIER);
        assertThat(ticket.memento().waitingSearch()).isTrue();
    }

    @Test
    void goesOnAfterTheUndoWhenTheCustomerHasAnsweredInTheOther() {
        var ticket = waitingTicket(WaitingReason.CUSTOMER);
        var other = otherTicket();
        ticket.ties().mergeInto(other, "same parcel", LATER);
        other.hear(said(MESSAGE, "照片已发"), LATER);
        ticket.drainNews();

        ticket.ties().unmergeFrom(other, null, LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(TicketUnmerged.class, WaitingEnded.class);
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.IN_PROGRESS);
    }

    @Test
    void goesOnAfterTheUndoWhenTheCustomerHasCalledMeanwhileOnly() {
        for (var isBefore : List.of(true, false)) {
            var ticket = waitingTicket(WaitingReason.CUSTOMER);
            var other = otherTicket();
            ticket.ties().mergeInto(other, "same parcel", LATER);
            other.record(
                    new Talk.Contact(
                            new UUID(0, 57),
                            Channel.PHONE,
                            ContactOutcome.ANSWERED,
                            isBefore ? NOON.plusSeconds(1) : NOON.plusSeconds(50),
                            null,
                            null),
                    CALLBACK,
                    LATER);

            ticket.ties().unmergeFrom(other, null, LATER);

            assertThat(ticket.status())
                    .isEqualTo(isBefore ? TicketStatus.WAITING : TicketStatus.IN_PROGRESS);
        }
    }

    private static void refusesToMerge(Ticket ticket, Ticket into, String type) {
        into.drainNews();
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ticket.ties().mergeInto(into, "same parcel", LATER))
                .withMessageContaining(type);
        assertThat(ticket.drainNews()).isEmpty();
        assertThat(into.drainNews()).isEmpty();
    }

    @Test
    void aMergedTicketRefusesWhatWasProposedAndIsDeafToTime() {
        var ticket = waitingTicket(WaitingReason.AGREED);
        ticket.ties().mergeInto(otherTicket(), "same parcel", LATER);
        ticket.drainNews();

        ticket.assign(choice(ticket, 1, "agent-south-2"), LATER);
        ticket.escalate(proposal(ticket, 1), LATER);
        ticket.elapse(promiseOver(ticket, CALL), LATER);

        assertThat(ticket.drainNews())
                .extracting(Object::getClass)
                .isEqualTo(List.of(AssignmentRefused.class, EscalationRefused.class));
    }

    @Test
    void refusesAfterTheUndoWhatWasProposedBeforeTheMerge() {
        var ticket = assignedTicket();
        var other = otherTicket();
        ticket.ties().mergeInto(other, "same parcel", LATER);
        ticket.ties().unmergeFrom(other, "two parcels", LATER);
        ticket.drainNews();

        ticket.assign(choice(ticket, 1, "agent-south-2"), LATER);
        ticket.escalate(proposal(ticket, 1), LATER);

        assertThat(ticket.drainNews())
                .extracting(Object::getClass)
                .isEqualTo(List.of(AssignmentRefused.class, EscalationRefused.class));
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.ASSIGNED);
        assertThat(ticket.isAssignedTo(XU)).isTrue();
    }

    @Test
    void replayingTheLogOfAMergeGivesTheSameTickets() {
        var ticket = waitingTicket(WaitingReason.CUSTOMER);
        var other = Ticket.of(otherTicket().created(), RULES);
        ticket.promise(call(CALL), LATER);
        ticket.ties().mergeInto(other, "same parcel", LATER);
        ticket.ties().unmergeFrom(other, null, LATER);
        ticket.ties().mergeInto(other, "the same all the same", LATER);

        assertThat(replayed(ticket)).isEqualTo(ticket.memento());
        assertThat(replayed(other)).isEqualTo(other.memento());
    }
}
