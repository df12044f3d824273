package io.gendan.ticket;

import static io.gendan.ticket.FactsFixtures.created;

import io.gendan.events.AssignmentEvent.AgentChosen;
import io.gendan.events.AssignmentEvent.Decision;
import io.gendan.events.Authority;
import io.gendan.events.AuthoritySource;
import io.gendan.events.CallOutcome;
import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.ContactOutcome;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.EscalationClaimed;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.HandOffPacket;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.PromisePurpose;
import io.gendan.events.ResponsibleSide;
import io.gendan.events.RootCause;
import io.gendan.events.Solved;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent;
import io.gendan.events.WaitingReason;
import io.gendan.ticket.Ticket.Doer;
import io.gendan.ticket.rules.MajorWords;
import io.gendan.ticket.rules.ServiceRules;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tickets that came where they are by real steps. */
final class TicketFixtures {

    /** When a clock was due that runs out. */
    private static final Instant LIMIT = Instant.parse("2026-11-22T04:01:40Z");

    static final Instant NOON = Instant.parse("2026-11-22T04:00:00Z");
    static final String XU = "agent-south-1";
    static final Doer BY_XU = new Doer(XU, false);
    static final UUID WAIT = new UUID(0, 66);
    static final UUID ASKED = new UUID(0, 20);
    static final String SHEN = "agent-south-2";
    static final Ticket.Person OWNER = new Ticket.Person("agent-south-1", "许文");
    static final HandOffPacket PACKET = new HandOffPacket("已联系承运商两次", null, "请决定赔付", null);
    static final UUID CALL = new UUID(0, 77);
    static final Instant CALL_DUE = NOON.plusSeconds(3600);
    static final Conversation.Callback CALLBACK =
            new Conversation.Callback(CALL, NOON.plusSeconds(300));

    /** No lot draws it for a review. */
    private static final UUID UNDRAWN = new UUID(0x0192f00000007000L, 0x8000000000000001L);

    static final UUID ANSWER = new UUID(0, 88);

    /** Those that are shipped. */
    static final ServiceRules RULES = rules("2026.6");

    static final Duration WEEK = Duration.ofDays(7);

    private TicketFixtures() {}

    static ServiceRules rules(String version) {
        return JsonMapper.builder()
                .build()
                .readValue(
                        TicketFixtures.class.getResourceAsStream("/rules/" + version + ".json"),
                        ServiceRules.class);
    }

    /** Whether the lot draws a complaint to be asked about again after its closing. */
    static boolean isDrawnForARevisit(String ticketId) {
        var id = UUID.fromString(ticketId);
        return !RULES.revisits().after(Kind.COMPLAINT, Priority.NORMAL, null, id).isEmpty();
    }

    /** Of a complaint about what a page shows, with all that is to be said. */
    static Resolution solution(@Nullable String result) {
        return new Resolution(
                result,
                "REMEDIED",
                ResponsibleSide.PLATFORM,
                RootCause.PAGE_CONTENT,
                null,
                null,
                Map.of());
    }

    static final AuthorityLetter LETTER =
            new AuthorityLetter(
                    AuthoritySource.HOTLINE_12345, "H-1", LocalDate.of(2026, 11, 20), null);

    static Ticket newTicket() {
        return newTicket(null);
    }

    static Ticket majorTicket() {
        return newTicket(Major.MEDIA);
    }

    static Ticket newTicket(@Nullable Major major) {
        return newTicket(UNDRAWN, major, NOON);
    }

    /** Of a customer who wants to see what we know of them. */
    static Ticket personalDataTicket() {
        var request =
                new Authority(
                        AuthoritySource.PERSONAL_DATA,
                        "20261122000001",
                        LocalDate.of(2026, 11, 22),
                        null);
        return newTicket(UNDRAWN, Kind.REQUEST, null, request, NOON);
    }

    static Ticket newTicket(UUID id, @Nullable Major major, Instant at) {
        return newTicket(id, Kind.COMPLAINT, major, null, at);
    }

    private static Ticket newTicket(
            UUID id, Kind kind, @Nullable Major major, @Nullable Authority authority, Instant at) {
        return Ticket.of(
                created(id, kind, "LISTING.MISMATCH", Priority.NORMAL, major, authority, at),
                RULES);
    }

    static Ticket takenTicket() {
        var ticket = newTicket();
        ticket.take(new Ticket.Person(XU, "许文"), Territory.SOUTH, "south-1", NOON);
        return ticket;
    }

    static Ticket assignedTicket() {
        var ticket = newTicket();
        ticket.assign(choice(ticket, 1, XU), NOON.plusSeconds(1));
        return ticket;
    }

    static Ticket acceptedTicket() {
        var ticket = assignedTicket();
        ticket.accept(XU, NOON.plusSeconds(2));
        return ticket;
    }

    static Ticket waitingTicket(WaitingReason reason) {
        var ticket = acceptedTicket();
        if (reason == WaitingReason.AGREED) {
            ticket.promise(call(CALL), NOON.plusSeconds(3));
            ticket.await(CALL, XU, NOON.plusSeconds(3));
        } else {
            ticket.await(reason, WAIT, XU, NOON.plusSeconds(3));
        }
        return ticket;
    }

    static Conversation.Said said(UUID id, String text) {
        return new Conversation.Said(id, text, null, null, false);
    }

    static Conversation.Said thanks(UUID id) {
        return new Conversation.Said(id, "谢谢", null, null, true);
    }

    /** Not assigned yet; the customer is to be called back. */
    static Ticket missedTicket() {
        var ticket = newTicket();
        ticket.record(contact(ContactOutcome.MISSED), CALLBACK, NOON.plusSeconds(1));
        return ticket;
    }

    static Talk.Contact contact(ContactOutcome outcome) {
        return new Talk.Contact(new UUID(0, 55), Channel.PHONE, outcome, NOON, null, null);
    }

    /** They were answered, and said so. */
    static Talk.Contact contact(Solved solved) {
        return new Talk.Contact(
                new UUID(0, 58), Channel.PHONE, ContactOutcome.ANSWERED, NOON, null, solved);
    }

    static Talk.Attempt attempt(CallOutcome outcome, @Nullable UUID promiseId) {
        return new Talk.Attempt(new UUID(0, 56), OWNER, outcome, promiseId, null, null, null);
    }

    static Promise.Draft call(UUID id) {
        return new Promise.Draft(
                id,
                new Ticket.Person(XU, "许文"),
                "回电告知检测结果",
                CALL_DUE,
                Channel.PHONE,
                PromisePurpose.OWN);
    }

    static Ticket promisedTicket() {
        var ticket = acceptedTicket();
        ticket.promise(call(CALL), NOON.plusSeconds(3));
        return ticket;
    }

    /** Resolved, while a promise is open. */
    static Ticket resolvedAndPromisedTicket() {
        var ticket = promisedTicket();
        ticket.answer(said(ANSWER, "新品已为您寄出"), XU, NOON.plusSeconds(3));
        ticket.resolve(XU, solution("换货已送达"), NOON.plusSeconds(4));
        return ticket;
    }

    static Ticket resolvedTicket() {
        var ticket = acceptedTicket();
        ticket.answer(said(ANSWER, "新品已为您寄出"), XU, NOON.plusSeconds(3));
        ticket.resolve(XU, solution("换货已送达"), NOON.plusSeconds(4));
        return ticket;
    }

    static Ticket reopenedTicket() {
        var ticket = resolvedTicket();
        ticket.hear(said(new UUID(0, 8), "还是不对"), NOON.plusSeconds(5));
        return ticket;
    }

    static Ticket closedTicket() {
        var ticket = resolvedTicket();
        ticket.confirm(NOON.plusSeconds(5));
        return ticket;
    }

    static Ticket cancelledTicket() {
        var ticket = newTicket();
        ticket.cancel("app", "changed their mind", NOON.plusSeconds(5));
        return ticket;
    }

    /** Another open one of the same customer, asked an hour before. */
    static Ticket otherTicket() {
        var other =
                newTicket(
                        new UUID(0x0192f00000007000L, 0x8000000000000002L),
                        null,
                        NOON.minusSeconds(3600));
        other.assign(choice(other, 1, XU), NOON.plusSeconds(1));
        other.accept(XU, NOON.plusSeconds(2));
        other.drainNews();
        return other;
    }

    static Ticket mergedTicket() {
        var ticket = acceptedTicket();
        ticket.ties().mergeInto(otherTicket(), "同一包裹", NOON.plusSeconds(5));
        return ticket;
    }

    static Ticket ticketIn(TicketStatus status) {
        var ticket =
                switch (status) {
                    case NEW -> newTicket();
                    case ASSIGNED -> assignedTicket();
                    case IN_PROGRESS -> acceptedTicket();
                    case WAITING -> waitingTicket(WaitingReason.CARRIER);
                    case RESOLVED -> resolvedTicket();
                    case REOPENED -> reopenedTicket();
                    case CLOSED -> closedTicket();
                    case CANCELLED -> cancelledTicket();
                    case MERGED -> mergedTicket();
                };
        ticket.drainNews();
        return ticket;
    }

    /** The same of an authority, which is neither merged nor ended by hand: those are ordinary. */
    static Ticket authorityTicketIn(TicketStatus status) {
        if (!Command.FILE.isLegalIn(status)) {
            return ticketIn(status);
        }
        var ticket = newTicket(Major.REGULATOR);
        ticket.assign(choice(ticket, 1, XU), NOON.plusSeconds(1));
        ticket.answer(said(ANSWER, "已联系商家"), XU, NOON.plusSeconds(2));
        switch (status) {
            case WAITING -> ticket.await(WaitingReason.MERCHANT, WAIT, XU, NOON.plusSeconds(3));
            case RESOLVED -> ticket.resolve(XU, solution("换货已送达"), NOON.plusSeconds(4));
            case REOPENED -> {
                ticket.resolve(XU, solution("换货已送达"), NOON.plusSeconds(4));
                ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", NOON.plusSeconds(5));
            }
            default -> {}
        }
        ticket.drainNews();
        return ticket;
    }

    /** The same with an open promise, where there can be one. */
    static Ticket promisedTicketIn(TicketStatus status) {
        var ticket =
                switch (status) {
                    case NEW -> missedTicket();
                    case CANCELLED, MERGED -> ticketIn(status);
                    case CLOSED -> {
                        var closed = ticketIn(status);
                        var stamp = new Stamp(closed.id(), 1, 1, NOON.plusSeconds(60));
                        closed.replayMore(List.of(call(CALL).told(stamp)));
                        yield closed;
                    }
                    case ASSIGNED -> {
                        var climbed = promisedTicket();
                        climbed.escalate(proposal(climbed, 1), NOON.plusSeconds(60));
                        climbed.assign(claim(climbed, 2), NOON.plusSeconds(90));
                        yield climbed;
                    }
                    case IN_PROGRESS -> promisedTicket();
                    case WAITING -> waitingTicket(WaitingReason.AGREED);
                    case RESOLVED -> resolvedAndPromisedTicket();
                    case REOPENED -> {
                        var reopened = resolvedAndPromisedTicket();
                        reopened.hear(said(new UUID(0, 8), "还是不对"), NOON.plusSeconds(5));
                        yield reopened;
                    }
                };
        ticket.drainNews();
        return ticket;
    }

    static Transfer.Wish wish() {
        return wish(new HandOverDesk.Destination(SHEN, null, null));
    }

    static Transfer.Wish wish(HandOverDesk.Destination to) {
        return new Transfer.Wish(new UUID(0, 21), OWNER, to, "需要家电技能");
    }

    static Consultation.Question question(@Nullable String superior) {
        return new Consultation.Question(ASKED, OWNER, superior, "可否补发");
    }

    /** The same while another agent may have it, where that can be. */
    static Ticket offeredTicketIn(TicketStatus status) {
        var ticket = ticketIn(status);
        switch (status) {
            case IN_PROGRESS, WAITING, REOPENED -> {
                ticket.handOver().transfer(wish(), NOON.plusSeconds(6));
                ticket.assign(choice(ticket, 2, SHEN), NOON.plusSeconds(7));
                ticket.drainNews();
            }
            case NEW, ASSIGNED, RESOLVED, CLOSED, CANCELLED, MERGED -> {}
        }
        return ticket;
    }

    /** The same after its owner asked somebody above, where that can be. */
    static Ticket consultedTicketIn(TicketStatus status) {
        var isOverAfterIt = status == TicketStatus.RESOLVED || status == TicketStatus.MERGED;
        var ticket = isOverAfterIt ? acceptedTicket() : ticketIn(status);
        switch (status) {
            case ASSIGNED, IN_PROGRESS, WAITING, REOPENED, RESOLVED, MERGED ->
                    ticket.handOver().consult(question(null), NOON.plusSeconds(6));
            case NEW, CLOSED, CANCELLED -> {}
        }
        if (status == TicketStatus.RESOLVED) {
            ticket.resolve(XU, solution("换货已送达"), NOON.plusSeconds(7));
        } else if (status == TicketStatus.MERGED) {
            ticket.ties().mergeInto(otherTicket(), "同一包裹", NOON.plusSeconds(7));
        }
        ticket.drainNews();
        return ticket;
    }

    /** The same that sounds major, where that can be. */
    static Ticket suspectedTicketIn(TicketStatus status) {
        var ticket = ticketIn(status);
        ticket.suspect(new MajorWords.Found(Major.SAFETY, "受伤"), NOON.plusSeconds(6));
        ticket.drainNews();
        return ticket;
    }

    static Ticket linkedTicketIn(TicketStatus status) {
        var ticket = ticketIn(status);
        ticket.ties().link(otherTicket(), NOON.plusSeconds(6));
        ticket.drainNews();
        return ticket;
    }

    static AgentChosen choice(Ticket ticket, int round, String agent) {
        return choice(ticket.id(), round, agent);
    }

    static AgentChosen choice(UUID ticketId, int round, String agent) {
        return new AgentChosen(
                ticketId,
                round,
                NOON,
                Territory.SOUTH,
                Territory.SOUTH,
                "south-1",
                agent,
                "许文",
                new Decision("2026.1", "province 44", List.of()));
    }

    static EscalationRaised proposal(Ticket ticket, int stay) {
        return new EscalationRaised(
                ticket.id(),
                stay,
                NOON.plusSeconds(60),
                new UUID(9, stay),
                1,
                2,
                EscalationCause.TIME,
                ClockKind.FIRST_RESPONSE,
                NOON.plusSeconds(59));
    }

    static EscalationClaimed claim(Ticket ticket, int stay) {
        return new EscalationClaimed(
                ticket.id(),
                stay,
                NOON.plusSeconds(90),
                new UUID(9, stay - 1),
                2,
                "escalation-2-1",
                "沈言",
                "tier-2",
                null,
                null);
    }

    static void rate(Ticket ticket, Solved solved, Instant at) {
        rate(ticket, solved, 4, at);
    }

    static boolean rate(Ticket ticket, Solved solved, int score, Instant at) {
        var survey = Survey.id(ticket.id(), ticket.memento().stay());
        return ticket.rate(survey, new Survey.Draft(solved, score, "好"), WEEK, at);
    }

    static ClockElapsed waitOver(Ticket ticket, UUID waitId) {
        return new ClockElapsed(ticket.id(), 1, LIMIT, ClockKind.WAITING, LIMIT, waitId);
    }

    static ClockElapsed promiseOver(Ticket ticket, UUID promiseId) {
        return new ClockElapsed(ticket.id(), 1, CALL_DUE, ClockKind.PROMISE, CALL_DUE, promiseId);
    }

    static Memento replayed(Ticket ticket) {
        var log = new ArrayList<TicketEvent>(List.of(ticket.created()));
        log.addAll(ticket.drainNews());
        return Ticket.replay(log, _ -> RULES).memento();
    }

    static ClockElapsed confirmation(Ticket ticket, int stay) {
        return new ClockElapsed(ticket.id(), stay, LIMIT, ClockKind.CONFIRMATION, LIMIT, null);
    }
}
