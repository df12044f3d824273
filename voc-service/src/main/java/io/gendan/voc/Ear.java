package io.gendan.voc;

import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Scope;
import io.gendan.events.Kind;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.Topics;
import io.gendan.messaging.DatabaseClock;
import io.gendan.messaging.EventLog;
import io.gendan.messaging.Origin;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** Listens to the tickets, and hears a voice in each matter that is closed. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Ear {

    private static final Logger logger = LoggerFactory.getLogger(Ear.class);
    private static final Origin EAR = Origin.of("system:voc");

    private final HeardTickets tickets;
    private final Voices voices;
    private final EventLog log;
    private final DatabaseClock clock;

    Ear(HeardTickets tickets, Voices voices, EventLog log, DatabaseClock clock) {
        this.tickets = tickets;
        this.voices = voices;
        this.log = log;
        this.clock = clock;
    }

    public void listen(TicketCreated created) {
        tickets.add(HeardTicket.of(created));
    }

    public void listen(FactsChanged changed) {
        tickets.change(changed.ticketId(), changed.kind(), changed.category());
    }

    public void place(UUID ticketId, Territory territory) {
        tickets.place(ticketId, territory);
    }

    /**
     * Hears what a closed ticket leaves, if it was a matter of its own.
     *
     * @throws IllegalStateException when nobody told that the ticket was created
     */
    public void listen(TicketClosed closed) {
        if (!Voice.isLeftBy(closed.reason())) {
            return;
        }
        var ticket = tickets.require(closed.ticketId());
        var voice = Voice.of(ticket, closed, clock.now());
        voices.add(voice);
        var heard = voice.heard();
        log.append(Topics.VOICES, heard.key(), heard, heard.at(), EAR);
        logger.info("Voice {} heard from ticket {}", voice.id(), voice.ticketId());
    }

    @Transactional(readOnly = true)
    public List<Voices.Count> counts(
            LocalDate from, LocalDate to, @Nullable Kind kind, Scope scope) {
        return voices.counts(from, to, kind, scope);
    }

    @Transactional(readOnly = true)
    public Page<Voice> voices(Paging paging, Scope scope) {
        return voices.page(paging, scope);
    }
}
