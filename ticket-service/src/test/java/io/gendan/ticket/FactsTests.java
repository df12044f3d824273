package io.gendan.ticket;

import static io.gendan.ticket.FactsFixtures.ofKind;
import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.acceptedTicket;
import static io.gendan.ticket.TicketFixtures.assignedTicket;
import static io.gendan.ticket.TicketFixtures.choice;
import static io.gendan.ticket.TicketFixtures.newTicket;
import static io.gendan.ticket.TicketFixtures.personalDataTicket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gendan.api.Problem;
import io.gendan.events.Evidence;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.Region;
import io.gendan.events.TicketEvent.FactsChanged;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

/** What a ticket is about may turn out otherwise. */
class FactsTests {

    private static final Instant LATER = NOON.plusSeconds(100);

    @Test
    void aTicketThatNobodyTookUpIsSoughtAnAgentForAnew() {
        var ticket = assignedTicket();
        ticket.drainNews();

        ticket.change(ofShanghai(ticket), "实为上海", LATER);

        assertThat(ticket.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        FactsChanged.class,
                        changed -> {
                            assertThat(changed.round()).isEqualTo(2);
                            assertThat(changed.stay()).isEqualTo(1);
                            assertThat(changed.region().divisions()).containsExactly("31");
                            assertThat(changed.category()).isEqualTo("LISTING.MISMATCH");
                        });
        ticket.assign(choice(ticket, 2, "agent-east-1"), LATER);
        assertThat(ticket.memento().assignee()).extracting("id").isEqualTo("agent-east-1");
    }

    @Test
    void whoeverWorksOnItKeepsIt() {
        var ticket = acceptedTicket();

        ticket.change(ofShanghai(ticket), "实为上海", LATER);

        assertThat(ticket.memento().round()).isEqualTo(1);
        assertThat(ticket.memento().facts().region().divisions()).containsExactly("31");
    }

    @Test
    void aMorePressingOneIsStillForTheSameAgent() {
        var ticket = newTicket();

        ticket.change(ticket.memento().facts().withPriority(Priority.HIGH), "第三次联系", LATER);

        assertThat(ticket.memento().round()).isEqualTo(1);
        assertThat(ticket.memento().facts().priority()).isEqualTo(Priority.HIGH);
    }

    @Test
    void saysNothingWhenNothingIsOtherwise() {
        var ticket = acceptedTicket();
        ticket.drainNews();

        ticket.change(ticket.memento().facts(), "核对", LATER);

        assertThat(ticket.drainNews()).isEmpty();
    }

    /** It may make the customer angry, and be as major as any: it stays to be answered. */
    @Test
    void aRequestAboutPersonalDataMayTurnOutToBeAComplaint() {
        var ticket = personalDataTicket();

        ticket.change(ofKind(Kind.COMPLAINT, ticket).withMajor(Major.SAFETY), "信息已泄露", LATER);

        assertThat(ticket.memento().facts().kind()).isEqualTo(Kind.COMPLAINT);
        assertThat(ticket.memento().facts().major()).isEqualTo(Major.SAFETY);
        assertThat(ticket.endsByFiling()).isTrue();
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(
                        () ->
                                ticket.change(
                                        ofKind(Kind.CONSULTATION, ticket).withMajor(null),
                                        "咨询",
                                        LATER))
                .withMessageContaining("personal-data-kinds");
    }

    private static Facts ofShanghai(Ticket ticket) {
        var facts = ticket.memento().facts();
        return new Facts(
                Kind.COMPLAINT,
                facts.phase(),
                facts.category(),
                facts.priority(),
                facts.major(),
                new Region(List.of("31"), "1380013", null, Evidence.PROVINCE),
                facts.claim(),
                facts.authority(),
                facts.taxonomy());
    }
}
