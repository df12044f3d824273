package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.RULES;
import static io.gendan.ticket.TicketFixtures.acceptedTicket;
import static io.gendan.ticket.TicketFixtures.otherTicket;
import static io.gendan.ticket.TicketFixtures.replayed;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.Channel;
import io.gendan.events.Priority;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.EscalationRequested;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.TicketAbsorbed;
import io.gendan.events.TicketEvent.TicketUrged;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** How often a customer has asked again is not forgotten by a merge. */
class MergedUrgesTests {

    @Test
    void theSecondPressesThoughTheFirstWasAboutTheMergedTicket() {
        var ticket = acceptedTicket();
        var other = otherTicket();
        urge(ticket, at(1));

        assertThat(merge(ticket, other, at(2))).hasExactlyElementsOfTypes(TicketAbsorbed.class);

        assertThat(urge(other, at(3)))
                .hasExactlyElementsOfTypes(TicketUrged.class, FactsChanged.class);
        assertThat(other.memento().urged()).extracting(Urged::count).isEqualTo(2);
        assertThat(urge(other, at(4)))
                .hasExactlyElementsOfTypes(TicketUrged.class, EscalationRequested.class);
    }

    @Test
    void whatCameTogetherByTheMergeIsJudgedWhenTheyNextAsk() {
        var ticket = acceptedTicket();
        var other = otherTicket();
        urge(ticket, at(1));
        urge(other, at(2));

        assertThat(merge(ticket, other, at(3))).hasExactlyElementsOfTypes(TicketAbsorbed.class);
        assertThat(other.memento().facts().priority()).isEqualTo(Priority.NORMAL);

        assertThat(urge(other, at(4)))
                .hasExactlyElementsOfTypes(
                        TicketUrged.class, FactsChanged.class, EscalationRequested.class);
        assertThat(other.memento().facts().priority()).isEqualTo(Priority.HIGH);
        assertThat(urge(other, at(5))).hasExactlyElementsOfTypes(TicketUrged.class);
    }

    @Test
    void theUndoTakesThemBack() {
        var ticket = acceptedTicket();
        var other = otherTicket();
        urge(ticket, at(1));
        urge(other, at(2));
        var before = other.memento().urged();
        merge(ticket, other, at(3));

        ticket.ties().unmergeFrom(other, null, at(4));

        assertThat(other.memento().urged()).isEqualTo(before);
        assertThat(ticket.memento().urged()).extracting(Urged::count).isEqualTo(1);
        ticket.drainNews();
        assertThat(urge(ticket, at(5)))
                .hasExactlyElementsOfTypes(TicketUrged.class, FactsChanged.class);
    }

    @Test
    void nobodyHasAskedAgainAboutTheOtherAfterTheUndo() {
        var ticket = acceptedTicket();
        var other = otherTicket();
        urge(ticket, at(1));
        merge(ticket, other, at(2));

        ticket.ties().unmergeFrom(other, null, at(3));

        assertThat(other.memento().urged()).isNull();
    }

    @Test
    void whatPressedByThemDoesNotPressMoreByTheNextAfterTheUndo() {
        var ticket = acceptedTicket();
        var other = otherTicket();
        urge(ticket, at(1));
        merge(ticket, other, at(2));
        urge(other, at(3));
        ticket.ties().unmergeFrom(other, null, at(4));
        other.drainNews();

        assertThat(urge(other, at(5))).hasExactlyElementsOfTypes(TicketUrged.class);
        assertThat(other.memento().urged()).extracting(Urged::count).isEqualTo(2);
    }

    @Test
    void thoseOfLongAgoDoNotCount() {
        var ticket = acceptedTicket();
        var other = otherTicket();
        urge(ticket, at(1));

        assertThat(merge(ticket, other, at(74)))
                .singleElement()
                .isInstanceOfSatisfying(
                        TicketAbsorbed.class, absorbed -> assertThat(absorbed.urgedAt()).isNull());
        assertThat(urge(other, at(75))).hasExactlyElementsOfTypes(TicketUrged.class);
    }

    @Test
    void replayingTheLogGivesTheSame() {
        var ticket = acceptedTicket();
        var other = Ticket.of(otherTicket().created(), RULES);
        ticket.urge(UUID.randomUUID(), Channel.PHONE, "还没有收到", at(1));
        ticket.ties().mergeInto(other, "同一包裹", at(2));
        other.urge(UUID.randomUUID(), Channel.PHONE, "还没有收到", at(3));
        ticket.ties().unmergeFrom(other, null, at(4));
        ticket.ties().mergeInto(other, "还是同一包裹", at(5));

        assertThat(replayed(other)).isEqualTo(other.memento());
        assertThat(replayed(ticket)).isEqualTo(ticket.memento());
    }

    private static List<TicketEvent> merge(Ticket ticket, Ticket other, Instant now) {
        ticket.ties().mergeInto(other, "同一包裹", now);
        return other.drainNews();
    }

    private static List<TicketEvent> urge(Ticket ticket, Instant now) {
        ticket.urge(UUID.randomUUID(), Channel.PHONE, "还没有收到", now);
        return ticket.drainNews();
    }

    private static Instant at(int hours) {
        return NOON.plus(Duration.ofHours(hours));
    }
}
