package io.gendan.ticket;

import io.gendan.api.Answer;
import io.gendan.api.Answers;
import io.gendan.api.Problem;
import io.gendan.api.Role;
import io.gendan.events.Priority;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.ticket.Ticket.Person;
import io.gendan.ticket.TicketSnapshot.Beside;
import io.gendan.ticket.Tickets.Opened;
import io.gendan.ticket.rules.Raises;
import io.gendan.ticket.rules.RuleBook;
import io.gendan.ticket.rules.WorkCalendars;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Makes the ticket that somebody asked for, with all that it says from its first moment, and the
 * answer to who asked. Who calls it sees to it that nothing else of the same is open, and keeps it.
 */
@Component
class Registrar {

    private final Surveys surveys;
    private final Vault vault;
    private final Answers answers;
    private final RuleBook rules;
    private final WorkCalendars calendars;
    private final TicketSettings.MessageSettings settings;

    record Written(Opened opened, List<TicketEvent> said, Answer answer) {}

    Registrar(
            Surveys surveys,
            Vault vault,
            Answers answers,
            RuleBook rules,
            WorkCalendars calendars,
            TicketSettings settings) {
        this.surveys = surveys;
        this.vault = vault;
        this.answers = answers;
        this.rules = rules;
        this.calendars = calendars;
        this.settings = settings.messages();
    }

    /**
     * @throws Problem 422 when it tells of a call or a letter of a time that cannot be
     */
    void requireTimes(TicketDraft draft) {
        var opening = draft.request().opening();
        var now = draft.issued().at();
        if (opening.contact() != null) {
            opening.contact().requireTimes(settings, now, Opening.CONTACT);
        }
        var letter = opening.letter();
        if (letter != null) {
            letter.requireArrived(today(now));
        }
    }

    /**
     * @param repeatOf which closed ticket of the same came before
     * @throws Problem 422 when what is solved there and then is major, or does not say all
     */
    Written write(TicketDraft draft, @Nullable UUID repeatOf) {
        var request = draft.request();
        var issued = draft.issued();
        var opening = request.opening();
        var contact = opening.contact();
        var taker = request.taker();
        var ticket = Ticket.of(created(draft, repeatOf), rules.inForceAt(issued.at()));
        var resolution = taker == null ? null : taker.resolution();
        var following = draft.following();
        if (following != null) {
            ticket.ties().isFollowUpOf(following.closed(), issued.at());
        }
        if (taker != null) {
            var agent = taker.agent();
            ticket.take(
                    new Person(agent.id(), agent.name()),
                    agent.territory(),
                    agent.team(),
                    issued.at());
        }
        if (contact != null) {
            contact.recordIn(ticket, UUID.randomUUID(), issued.at());
        }
        ticket.rules()
                .majorIn(opening.asMessage())
                .forEach(found -> ticket.suspect(found, issued.at()));
        if (taker != null && resolution != null) {
            if (request.major() != null || opening.letter() != null) {
                throw Problem.of(422, "major-at-once").at("/resolve");
            }
            solve(ticket, taker.agent().id(), resolution.masked(), issued.at());
        }
        if (!request.isOnThePhone()) {
            ticket.promiseFirstCall(issued.at());
        }
        ticket.seeToPlan(calendars.workingDays(), issued.at());
        ticket.promiseProgress(issued.at());
        var result = resolution == null ? null : resolution.told();
        var answer = answer(draft, ticket, result);
        var opened =
                new Opened(
                        ticket,
                        request.caller().id(),
                        !request.caller().isOneOf(Role.CHANNEL),
                        opening.province(),
                        opening.subject(),
                        opening.body(),
                        result);
        return new Written(opened, ticket.drainNews(), answer);
    }

    private Answer answer(TicketDraft draft, Ticket ticket, @Nullable String result) {
        var request = draft.request();
        var opening = request.opening();
        var at = draft.issued().at();
        var beside =
                new Beside(
                        opening.province(),
                        opening.subject(),
                        opening.body(),
                        result,
                        draft.customer(),
                        null,
                        null,
                        vault.trackingToken(ticket.id()),
                        rules.versionAt(at),
                        calendars.workingDays(),
                        at,
                        !request.caller().isOneOf(Role.CHANNEL));
        var shown = TicketSnapshot.of(ticket, beside);
        var etag = "\"" + shown.version() + "\"";
        var headers = Map.of("Location", "/api/tickets/" + ticket.id(), "ETag", etag);
        return answers.of(201, headers, shown);
    }

    /**
     * What is missing of the resolution stands in a part of the request; of what is refused nobody
     * is asked.
     */
    private void solve(Ticket ticket, String agent, Resolution resolution, Instant at) {
        surveys.decide(ticket, at);
        try {
            ticket.resolve(agent, resolution, at);
        } catch (Problem refused) {
            surveys.release(
                    ticket.created().customerId(), Survey.id(ticket.id(), ticket.memento().stay()));
            var pointer = refused.members().get("pointer");
            throw "/category".equals(pointer) ? refused : refused.at("/resolve" + pointer);
        }
    }

    private TicketCreated created(TicketDraft draft, @Nullable UUID repeatOf) {
        var request = draft.request();
        var issued = draft.issued();
        var customer = draft.customer();
        var opening = request.opening();
        var category = request.category();
        var taker = request.taker();
        var following = draft.following();
        var letter = opening.letter();
        return new TicketCreated(
                issued.ticketId(),
                1,
                1,
                issued.at(),
                issued.number(),
                opening.kind(),
                opening.phase() == null ? category.phase() : opening.phase(),
                category.code(),
                opening.channel(),
                priority(draft, rules.inForceAt(issued.at()).raises()),
                request.major(),
                rules.inForceAt(issued.at()).isVip(customer.grade()),
                customer.id(),
                opening.orderId(),
                opening.sellerId(),
                draft.region(),
                taker == null ? Intake.FIRST_TIER : taker.agent().tier(),
                Masking.mask(opening.subject(), opening.body()),
                letter == null ? null : letter.of(issued.number(), today(issued.at())),
                taker == null ? null : taker.agent().id(),
                following == null ? null : following.closed().id(),
                repeatOf,
                rules.versionAt(issued.at()),
                following == null ? null : following.reopens(),
                opening.claim(),
                request.taxonomy(),
                opening.productId());
    }

    private static Priority priority(TicketDraft draft, Raises raises) {
        var opening = draft.request().opening();
        var usual = draft.request().category().priorityOf(opening.kind());
        return raises.byClaim(opening.claim()) ? Facts.raised(opening.kind(), usual) : usual;
    }

    /** It is not kept: of what was to be asked about it nobody is. */
    void forget(Written written) {
        var ticket = written.opened().ticket();
        var survey = ticket.memento().survey();
        if (survey != null) {
            surveys.release(ticket.created().customerId(), survey.id());
        }
    }

    private LocalDate today(Instant now) {
        return now.atZone(rules.inForceAt(now).calling().zone()).toLocalDate();
    }
}
