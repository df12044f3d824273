package io.gendan.ticket;

import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.Consulted;
import io.gendan.events.TicketEvent.TicketAbsorbed;
import io.gendan.events.TicketEvent.TicketAssigned;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.events.TicketEvent.TicketResolved;
import io.gendan.events.TicketEvent.TransferOffered;
import io.gendan.messaging.Origin;

import org.springframework.stereotype.Component;

import java.util.List;
import java.util.stream.Stream;

/** What else is kept of what was said about a ticket, in the same transaction. */
@Component
class Consequences {

    private final Tickets tickets;
    private final Surveys surveys;
    private final ChannelOutbox outbox;
    private final Notices notices;
    private final PromiseFigures figures;

    Consequences(
            Tickets tickets,
            Surveys surveys,
            ChannelOutbox outbox,
            Notices notices,
            PromiseFigures figures) {
        this.tickets = tickets;
        this.surveys = surveys;
        this.outbox = outbox;
        this.notices = notices;
        this.figures = figures;
    }

    void of(Ticket ticket, List<TicketEvent> said, Origin origin) {
        tickets.remember(ticket.id(), said.stream().flatMap(Consequences::concerned).toList());
        for (var event : said) {
            if (event instanceof TicketResolved resolved && resolved.surveyId() != null) {
                surveys.open(ticket.id(), resolved.surveyId());
            } else if (event instanceof TicketReopened) {
                takeBackQuestion(ticket);
            }
        }
        outbox.take(ticket, said);
        notices.take(ticket, said, origin);
        figures.take(ticket, said);
    }

    /**
     * What the customer has not been asked yet they are not asked any more: that does not count.
     */
    private void takeBackQuestion(Ticket ticket) {
        var survey = ticket.memento().survey();
        if (survey != null && survey.answer() == null && !outbox.hasAsked(survey.id())) {
            surveys.release(ticket.created().customerId(), survey.id());
        }
    }

    /** Who may see the ticket from now on, whatever becomes of it. */
    private static Stream<String> concerned(TicketEvent event) {
        return switch (event) {
            case TicketAssigned assigned -> Stream.of(assigned.agent());
            case TicketAbsorbed other ->
                    other.promises().stream().map(TicketEvent.MovedPromise::owner);
            case TransferOffered offered -> Stream.of(offered.agent());
            case Consulted asked -> Stream.ofNullable(asked.superior());
            default -> Stream.empty();
        };
    }
}
