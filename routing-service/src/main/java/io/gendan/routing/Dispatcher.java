package io.gendan.routing;

import io.gendan.events.EscalationEvent.ClimbDeferred;
import io.gendan.events.EscalationEvent.ClockStepped;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent.AssignmentRefused;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.TicketAccepted;
import io.gendan.events.TicketEvent.TicketAssigned;
import io.gendan.events.TicketEvent.TicketCancelled;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.TicketEvent.TicketEscalated;
import io.gendan.events.TicketEvent.TicketMerged;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.events.TicketEvent.TicketResolved;
import io.gendan.events.TicketEvent.TicketUnmerged;
import io.gendan.events.TicketEvent.TransferEnded;
import io.gendan.events.TicketEvent.TransferRequested;
import io.gendan.events.TicketEvent.WaitingEnded;
import io.gendan.events.TicketEvent.WaitingStarted;
import io.gendan.messaging.DatabaseClock;
import io.gendan.routing.Choice.Chosen;
import io.gendan.routing.Choice.Nobody;
import io.gendan.routing.Ledger.Reservation;
import io.gendan.routing.LineOrder.Place;
import io.gendan.routing.Placement.Anywhere;
import io.gendan.routing.Placement.Placed;
import io.gendan.routing.RoutedTicket.Home;
import io.gendan.routing.RoutedTicket.Stage;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Finds an agent for each ticket that needs one, and keeps the ledger by what the tickets say.
 *
 * <p>Whatever frees an agent serves the line of the agent's team in the same transaction, so that
 * between two transactions no ticket waits beside an agent who could take it. A new ticket
 * therefore needs no look at the line: whom it could get, nobody in the line could.
 */
@Service
public class Dispatcher {

    private final RoutedTickets tickets;
    private final Ledger ledger;
    private final WaitingLine line;
    private final Roster roster;
    private final Announcements announcements;
    private final DatabaseClock clock;

    Dispatcher(
            RoutedTickets tickets,
            Ledger ledger,
            WaitingLine line,
            Roster roster,
            Announcements announcements,
            DatabaseClock clock) {
        this.tickets = tickets;
        this.ledger = ledger;
        this.line = line;
        this.roster = roster;
        this.announcements = announcements;
        this.clock = clock;
    }

    @Transactional
    public void created(TicketCreated event) {
        var rules = ledger.open();
        var ticket = place(event, rules);
        if (event.takenBy() != null) {
            leaveTo(event.takenBy(), ticket);
            return;
        }
        tickets.add(ticket);
        if (event.followUpOf() != null && !Boolean.FALSE.equals(event.reopens())) {
            tickets.follows(ticket.id(), event.followUpOf());
        }
        if (ticket.stage() == Stage.QUEUED) {
            nameTeam(ticket);
        } else {
            offer(ticket, rules);
        }
    }

    /** Nobody is sought: who opened it has it, wherever the customer belongs. */
    private void leaveTo(String taker, RoutedTicket ticket) {
        var team = roster.require(taker).team();
        var taken = ticket.servedBy(team.id());
        tickets.add(taken);
        var servedBy = Objects.requireNonNullElse(team.territory(), ticket.territory());
        announcements.teamOfTaker(taken, servedBy, clock.now());
    }

    /** Our own choice, a claim at a higher tier, or an agent who took it for itself. */
    @Transactional
    public void assigned(TicketAssigned event) {
        var rules = ledger.open();
        var known = tickets.require(event.ticketId());
        var ticket = known.on(event);
        if (ledger.confirmChoice(ticket.id(), event.round(), event.agent())) {
            // it took our proposal, and it is in no line
            tickets.save(ticket.servedBy(teamOf(event)));
            if (known.stage() != Stage.SOUGHT) {
                freeOthers(ticket, event.agent(), rules);
            }
            return;
        }
        var before = ledger.of(ticket.id());
        ledger.confirm(ticket, event.agent());
        tickets.save(ticket.servedBy(teamOf(event)));
        line.leave(ticket.id());
        before.forEach(freed -> serveTeamOf(freed, rules));
    }

    private void freeOthers(RoutedTicket ticket, String agent, Rules rules) {
        for (var before : ledger.of(ticket.id())) {
            if (!before.agent().equals(agent)) {
                ledger.free(before);
                serveTeamOf(before, rules);
            }
        }
    }

    @Transactional
    public void accepted(TicketAccepted event) {
        ledger.open();
        tickets.save(tickets.require(event.ticketId()).on(event));
    }

    /** Does what is routing's to do while a clock of the ticket runs on. */
    @Transactional
    public void stepped(ClockStepped event) {
        switch (event.step()) {
            case OFFER_AGAIN -> offerAgain(event);
            case TELL_LEADER, REMIND_CUSTOMER, UNKNOWN -> {} // not ours
        }
    }

    /**
     * Proposes a ticket that nobody has accepted to another agent. Until the ticket takes that
     * choice it is the first one's, and both carry it; with nobody else free it stays where it is.
     * A ticket that routing has not heard of yet, or that was merged, is nobody's.
     */
    private void offerAgain(ClockStepped event) {
        var rules = ledger.open();
        offered(event.ticketId(), event.stay()).ifPresent(ticket -> offerToAnother(ticket, rules));
    }

    /**
     * Finds somebody for a ticket that nobody has accepted and that may not climb yet: another of
     * its team, else one of its neighbours' in their order. With nobody free there either it stays
     * where it is, with an agent or in the line.
     */
    @Transactional
    public void overflow(ClimbDeferred event) {
        var rules = ledger.open();
        var id = event.ticketId();
        offered(id, event.stay())
                .filter(ticket -> !offerToAnother(ticket, rules))
                .ifPresent(ticket -> offerToNeighbours(ticket, rules));
        tickets.find(id)
                .filter(ticket -> ticket.isStillSoughtIn(event.stay()) && line.has(id))
                .filter(ticket -> offerToNeighbours(ticket, rules))
                .ifPresent(_ -> line.leave(id));
    }

    private Optional<RoutedTicket> offered(UUID ticketId, int stay) {
        return tickets.find(ticketId)
                .filter(ticket -> ticket.isOfferedIn(stay))
                .filter(ticket -> isCarriedByOne(ticket.id()));
    }

    private boolean offerToNeighbours(RoutedTicket ticket, Rules rules) {
        return rules.geography().neighboursOf(ticket.territory()).stream()
                .anyMatch(neighbour -> offerToNeighbour(ticket, neighbour, rules));
    }

    private boolean offerToNeighbour(RoutedTicket ticket, Territory neighbour, Rules rules) {
        var theirs = ticket.servedBy(roster.teamOf(neighbour).id());
        var others = ledger.contenders(theirs.team());
        if (choose(theirs, withoutHolder(ticket, others), rules) instanceof Chosen chosen) {
            var now = clock.now();
            ledger.reserve(theirs, chosen.contender().agent(), now);
            announcements.chosenOfNeighbour(theirs, neighbour, chosen, rules, now);
            return true;
        }
        return false;
    }

    /** Whoever was offered it and does not accept it is not asked again. */
    private static List<Contender> withoutHolder(RoutedTicket ticket, List<Contender> team) {
        return team.stream().filter(one -> !one.agent().equals(ticket.agent())).toList();
    }

    private boolean isCarriedByOne(UUID ticketId) {
        var carrying = ledger.of(ticketId);
        return carrying.size() == 1 && !carrying.getFirst().isProposed();
    }

    private boolean offerToAnother(RoutedTicket ticket, Rules rules) {
        var others = withoutHolder(ticket, ledger.contenders(ticket.team()));
        if (choose(ticket, others, rules) instanceof Chosen chosen) {
            var now = clock.now();
            ledger.reserve(ticket, chosen.contender().agent(), now);
            announcements.chosenInstead(ticket, chosen, rules, now);
            return true;
        }
        return false;
    }

    /**
     * A choice that came too late, or that the ticket does not want. What it reserved is free; if
     * the ticket still needs somebody in that round it is somebody else.
     */
    @Transactional
    public void refused(AssignmentRefused event) {
        var rules = ledger.open();
        var reservation =
                ledger.of(event.ticketId()).stream()
                        .filter(own -> own.isForChoice(event.refusedRound(), event.agent()))
                        .findFirst();
        if (reservation.isEmpty()) {
            return;
        }
        ledger.free(reservation.get());
        var ticket = tickets.require(event.ticketId());
        if (ticket.isSoughtIn(event.refusedRound()) && event.round() == event.refusedRound()) {
            seek(ticket.refusedBy(event.agent()), rules);
        }
        serveTeamOf(reservation.get(), rules);
    }

    /**
     * It is about something else than it seemed. Whoever works on it keeps it, with the load that
     * it is now; otherwise the right one for that is sought.
     */
    @Transactional
    public void turnedOut(FactsChanged event) {
        var rules = ledger.open();
        var known = tickets.require(event.ticketId());
        var ticket = turnedOut(known, event, rules);
        if (event.round() > known.round()) {
            line.leave(ticket.id());
            seek(ticket, rules);
            return;
        }
        tickets.save(ticket);
        if (line.has(ticket.id())) {
            line.leave(ticket.id());
            offer(ticket, rules);
            return;
        }
        int points = ticket.need().points();
        ledger.weigh(ticket.id(), points, rules.whileWaiting(points));
        ledger.of(ticket.id()).forEach(reservation -> serveTeamOf(reservation, rules));
        if (ticket.territory() != known.territory()) {
            var serving = roster.team(ticket.team()).territory();
            announcements.moved(
                    ticket, serving == null ? ticket.territory() : serving, clock.now());
        }
    }

    private static RoutedTicket turnedOut(RoutedTicket known, FactsChanged event, Rules rules) {
        var need = known.need();
        var before = rules.workOf(need.kind(), need.priority(), need.channel(), need.major());
        var after = rules.workOf(event.kind(), event.priority(), need.channel(), event.major());
        var home =
                switch (rules.geography().place(event.region(), need.channel())) {
                    case Placed placed -> new Home(placed.territory(), placed.reason());
                    case Anywhere _ -> new Home(known.territory(), known.territoryReason());
                };
        return known.on(
                event,
                need.of(event, after.points()),
                known.lineFrom().plus(before.headStart()).minus(after.headStart()),
                home);
    }

    /**
     * Its owner wants somebody else to have it. Of those whom it should go to, at the ticket's
     * tier, the right one is proposed; the owner carries it until they accept.
     */
    @Transactional
    public void transferRequested(TransferRequested event) {
        var rules = ledger.open();
        var ticket = tickets.require(event.ticketId()).on(event);
        tickets.save(ticket);
        freeProposals(ticket, rules);
        var team = destination(event, ticket);
        if (team.isEmpty()) {
            refuseTransfer(ticket, "there is no such agent, team or territory at its tier");
            return;
        }
        var offered = ticket.servedBy(team.get().id());
        var others =
                withoutHolder(offered, ledger.contenders(offered.team())).stream()
                        .filter(one -> mayBeOffered(one.agent(), event))
                        .toList();
        switch (choose(offered, others, rules)) {
            case Chosen chosen -> {
                var now = clock.now();
                ledger.reserve(offered, chosen.contender().agent(), now);
                var territory = team.get().territory();
                announcements.chosenToTakeOver(
                        offered,
                        territory == null ? ticket.territory() : territory,
                        chosen,
                        rules,
                        now);
            }
            case Nobody nobody -> refuseTransfer(ticket, why(nobody));
        }
    }

    private static boolean mayBeOffered(String agent, TransferRequested event) {
        return (event.toAgent() == null || event.toAgent().equals(agent))
                && (event.notTo() == null || !event.notTo().contains(agent));
    }

    private static String why(Nobody nobody) {
        return nobody.candidates().isEmpty()
                ? "there is nobody else"
                : nobody.candidates().getFirst().verdict();
    }

    private void refuseTransfer(RoutedTicket ticket, String reason) {
        announcements.transferRefused(ticket, reason, clock.now());
    }

    private Optional<Roster.Team> destination(TransferRequested event, RoutedTicket ticket) {
        var agent = event.toAgent();
        var team = event.toTeam();
        var territory = event.toTerritory();
        var named =
                agent != null
                        ? roster.find(agent).map(Roster.Agent::team)
                        : team != null
                                ? Optional.of(team).filter(roster::hasTeam).map(roster::team)
                                : Optional.ofNullable(territory).map(roster::teamOf);
        return named.filter(found -> found.tier() == ticket.tier());
    }

    @Transactional
    public void transferEnded(TransferEnded event) {
        var rules = ledger.open();
        freeProposals(tickets.require(event.ticketId()), rules);
    }

    private void freeProposals(RoutedTicket ticket, Rules rules) {
        for (var proposed :
                ledger.of(ticket.id()).stream().filter(Reservation::isProposed).toList()) {
            ledger.free(proposed);
            serveTeamOf(proposed, rules);
        }
    }

    /** A ticket that waits is little work; coming back it is the whole again, room or not. */
    @Transactional
    public void waiting(WaitingStarted event) {
        var rules = ledger.open();
        var ticket = tickets.require(event.ticketId());
        ledger.rest(ticket.id(), rules.whileWaiting(ticket.need().points()));
        ledger.of(ticket.id()).forEach(reservation -> serveTeamOf(reservation, rules));
    }

    @Transactional
    public void resumed(WaitingEnded event) {
        ledger.open();
        var ticket = tickets.require(event.ticketId());
        ledger.wake(ticket.id(), ticket.need().points());
    }

    @Transactional
    public void resolved(TicketResolved event) {
        var rules = ledger.open();
        leave(tickets.require(event.ticketId()).on(event), rules);
    }

    @Transactional
    public void closed(TicketClosed event) {
        var rules = ledger.open();
        tickets.closed(event.ticketId(), event.at());
        leave(tickets.require(event.ticketId()).on(event), rules);
    }

    @Transactional
    public void cancelled(TicketCancelled event) {
        var rules = ledger.open();
        leave(tickets.require(event.ticketId()).on(event), rules);
    }

    /** Nobody carries it, and nobody is sought for it, unless that is undone. */
    @Transactional
    public void merged(TicketMerged event) {
        var rules = ledger.open();
        leave(tickets.require(event.ticketId()).on(event), rules);
    }

    /**
     * Whoever had it carries it again, also above capacity; what was waiting for an agent then does
     * so again, at its old age.
     */
    @Transactional
    public void unmerged(TicketUnmerged event) {
        var rules = ledger.open();
        var ticket = tickets.require(event.ticketId()).on(event);
        tickets.save(ticket);
        if (ticket.stage() != Stage.SOUGHT && ticket.agent() != null) {
            ledger.confirm(ticket, ticket.agent());
        }
        if (ticket.stage() == Stage.SOUGHT || ticket.stage() == Stage.QUEUED) {
            seek(ticket, rules);
        } else if (event.waitingReason() != null) {
            ledger.rest(ticket.id(), rules.whileWaiting(ticket.need().points()));
        }
    }

    /**
     * The same agent carries it again, also above capacity: it is theirs, not a choice. So does who
     * had it when it is to be claimed at a higher tier: they answer for it until then.
     */
    @Transactional
    public void reopened(TicketReopened event) {
        var rules = ledger.open();
        var ticket = tickets.require(event.ticketId()).on(event);
        if (ticket.stage() != Stage.SOUGHT && ticket.agent() != null) {
            ledger.confirm(ticket, ticket.agent());
        }
        if (event.agent() == null) {
            seek(ticket, rules);
        } else {
            tickets.save(ticket);
        }
    }

    /**
     * The ticket is its new tier's. Whoever has it answers for it, and carries it, until somebody
     * claims it there; a choice still under way will be refused and is free at once.
     */
    @Transactional
    public void escalated(TicketEscalated event) {
        var rules = ledger.open();
        var ticket = tickets.require(event.ticketId()).on(event);
        line.leave(ticket.id());
        var unanswered = ledger.of(ticket.id()).stream().filter(Reservation::isProposed).toList();
        unanswered.forEach(ledger::free);
        seek(ticket, rules);
        unanswered.forEach(reservation -> serveTeamOf(reservation, rules));
    }

    /** Gives the team's agents what they can take of their line. */
    void serve(String team, Rules rules) {
        var heads = line.heads(team);
        while (!heads.isEmpty() && serveOne(team, heads, rules)) {
            heads = line.heads(team);
        }
    }

    private boolean serveOne(String team, List<Place> heads, Rules rules) {
        var contenders = ledger.contenders(team);
        int vipsInARow = line.vipsInARow(team);
        for (var place : LineOrder.of(heads, vipsInARow, rules.vipsInARow())) {
            var ticket = tickets.require(place.ticketId());
            switch (choose(ticket, contenders, rules)) {
                case Chosen chosen -> {
                    line.leave(ticket.id());
                    line.vipsInARow(team, LineOrder.afterLeaving(place, vipsInARow));
                    propose(ticket, chosen, rules);
                    return true;
                }
                case Nobody _ -> {}
            }
        }
        return false;
    }

    private void seek(RoutedTicket ticket, Rules rules) {
        switch (ticket.stage()) {
            case SOUGHT -> seekAgent(ticket, rules);
            case QUEUED -> nameTeam(ticket);
            case OFFERED, HELD, RESOLVED, CLOSED ->
                    throw new IllegalStateException(
                            "Ticket %s needs nobody: %s".formatted(ticket.id(), ticket.stage()));
        }
    }

    private void seekAgent(RoutedTicket sought, Rules rules) {
        var ticket = sought.servedBy(roster.teamOf(sought.territory()).id());
        tickets.save(ticket);
        // Whoever has it still, when it comes down from a higher tier, has it no longer.
        var before = ledger.of(ticket.id());
        ledger.free(ticket.id());
        offer(ticket, rules);
        before.forEach(freed -> serveTeamOf(freed, rules));
    }

    private void offer(RoutedTicket ticket, Rules rules) {
        switch (choose(ticket, ledger.contenders(ticket.team()), rules)) {
            case Chosen chosen -> propose(ticket, chosen, rules);
            case Nobody nobody -> await(ticket, nobody, rules);
        }
    }

    private Choice choose(RoutedTicket ticket, List<Contender> contenders, Rules rules) {
        var knowing = ledger.knowing(ticket.need().customerId(), ticket.id(), rules.knownFor());
        return Policies.choose(
                ticket.need(),
                contenders.stream().map(c -> c.knowing(knowing.contains(c.agent()))).toList(),
                rules);
    }

    private void propose(RoutedTicket ticket, Chosen chosen, Rules rules) {
        var now = clock.now();
        ledger.reserve(ticket, chosen.contender().agent(), now);
        announcements.chosen(ticket, chosen, rules, now);
    }

    private void await(RoutedTicket ticket, Nobody nobody, Rules rules) {
        var now = clock.now();
        line.join(ticket, now);
        announcements.awaited(ticket, nobody, rules, now);
    }

    private void nameTeam(RoutedTicket escalated) {
        var ticket = escalated.servedBy(roster.teamOfTier(escalated.tier()).id());
        tickets.save(ticket);
        announcements.team(ticket, clock.now());
    }

    private RoutedTicket place(TicketCreated event, Rules rules) {
        var placement = rules.geography().place(event.region(), event.channel());
        var work = rules.workOf(event.kind(), event.priority(), event.channel(), event.major());
        var need =
                new Need(
                        event.kind(),
                        event.phase(),
                        event.category(),
                        event.channel(),
                        event.priority(),
                        event.major(),
                        event.vip(),
                        event.customerId(),
                        work.points(),
                        Set.of());
        var team =
                switch (placement) {
                    case Placed placed -> roster.teamOf(placed.territory());
                    case Anywhere _ -> roster.team(ledger.teamWithMostSpare(rules));
                };
        return new RoutedTicket(
                event.ticketId(),
                need,
                event.at().minus(work.headStart()),
                team.servedTerritory(),
                placement.reason(),
                team.id(),
                event.tier(),
                event.round(),
                event.stay(),
                RoutedTicket.stageSoughtIn(event.tier()),
                null,
                Set.of());
    }

    private void leave(RoutedTicket ticket, Rules rules) {
        tickets.save(ticket);
        line.leave(ticket.id());
        var reservations = ledger.of(ticket.id());
        ledger.free(ticket.id());
        reservations.forEach(freed -> serveTeamOf(freed, rules));
    }

    private void serveTeamOf(Reservation freed, Rules rules) {
        roster.find(freed.agent()).ifPresent(agent -> serve(agent.team().id(), rules));
    }

    /** By our own roster; the ticket's word for somebody who is not in it. */
    private String teamOf(TicketAssigned event) {
        return roster.find(event.agent()).map(agent -> agent.team().id()).orElse(event.team());
    }
}
