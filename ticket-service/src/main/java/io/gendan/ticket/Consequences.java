package io.gendan.ticket;

import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.Consulted;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.events.TicketEvent.TicketAbsorbed;
import io.gendan.events.TicketEvent.TicketAssigned;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.TicketEvent.TicketResolved;
import io.gendan.events.TicketEvent.TransferOffered;
import io.gendan.events.Topics;
import io.gendan.messaging.EventLog;
import io.gendan.messaging.EventLog.Entry;
import io.gendan.messaging.Origin;

import org.springframework.stereotype.Component;

import java.util.List;
import java.util.stream.Stream;

/** Keeps what was said about tickets, and what follows from it, in the transaction of its cause. */
@Component
class Consequences {

    private final Tickets tickets;
    private final Surveys surveys;
    private final ChannelOutbox outbox;
    private final TransferOffers offers;
    private final NextTries nextTries;
    private final NearlyDue nearlyDue;
    private final Notices notices;
    private final PromiseFigures promises;
    private final ClosingFigures closings;
    private final EventLog log;

    /** What was said about a ticket since it was loaded, or with its creation. */
    record News(Ticket ticket, List<TicketEvent> events, Origin origin) {

        /** Of a ticket that is new itself. */
        static News ofOpened(Ticket ticket, List<TicketEvent> since, Origin origin) {
            var events = Stream.concat(Stream.<TicketEvent>of(ticket.created()), since.stream());
            return new News(ticket, events.toList(), origin);
        }

        private boolean isOfOpened() {
            return events.getFirst() instanceof TicketCreated;
        }

        private Stream<Entry> entries() {
            return events.stream()
                    .map(
                            event ->
                                    new Entry(
                                            Topics.TICKETS,
                                            event.key(),
                                            event,
                                            event.at(),
                                            origin));
        }
    }

    Consequences(
            Tickets tickets,
            Surveys surveys,
            ChannelOutbox outbox,
            TransferOffers offers,
            NextTries nextTries,
            NearlyDue nearlyDue,
            Notices notices,
            PromiseFigures promises,
            ClosingFigures closings,
            EventLog log) {
        this.tickets = tickets;
        this.surveys = surveys;
        this.outbox = outbox;
        this.offers = offers;
        this.nextTries = nextTries;
        this.nearlyDue = nearlyDue;
        this.notices = notices;
        this.promises = promises;
        this.closings = closings;
        this.log = log;
    }

    void keep(List<News> news) {
        outbox.acknowledge(news.stream().filter(News::isOfOpened).map(News::ticket).toList());
        news.forEach(one -> follow(one.ticket(), one.events(), one.origin()));
        promises.take(news);
        log.appendAll(news.stream().flatMap(News::entries).toList());
    }

    private void follow(Ticket ticket, List<TicketEvent> said, Origin origin) {
        tickets.remember(
                ticket.id(), said.stream().flatMap(event -> concerned(event, origin)).toList());
        for (var event : said) {
            if (event instanceof TicketResolved resolved && resolved.surveyId() != null) {
                surveys.open(ticket.id(), resolved.surveyId());
            } else if (ChannelOutbox.asksNoMore(event)) {
                takeBackQuestion(ticket);
            }
        }
        outbox.take(ticket, said);
        offers.take(ticket, said);
        nextTries.take(ticket, said);
        nearlyDue.take(ticket, said);
        notices.take(ticket, said, origin);
        closings.take(ticket, said);
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
    private static Stream<String> concerned(TicketEvent event, Origin origin) {
        return switch (event) {
            case TicketAssigned assigned -> Stream.of(assigned.agent());
            case TicketAbsorbed other ->
                    other.promises().stream().map(TicketEvent.MovedPromise::owner);
            case TransferOffered offered -> Stream.of(offered.agent());
            case Consulted asked -> Stream.ofNullable(asked.superior());
            case PromiseMade made when Notices.isForAColleague(made, origin) ->
                    Stream.of(made.owner());
            default -> Stream.empty();
        };
    }
}
