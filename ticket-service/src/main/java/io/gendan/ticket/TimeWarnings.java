package io.gendan.ticket;

import io.gendan.events.ClockKind;
import io.gendan.events.ClockStep;
import io.gendan.events.EscalationEvent.ClockStepped;
import io.gendan.events.EscalationEvent.ClockWarned;
import io.gendan.events.EscalationEvent.LastTierOverdue;
import io.gendan.events.Topics;
import io.gendan.ticket.Ticket.Person;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells those whom it concerns that the time of their ticket passes, or has passed at the last
 * tier; the service rules of the ticket say who that is. Nothing of the ticket is different by it:
 * it is read without its lock, and of what is over or of another stay by now nobody is told.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class TimeWarnings {

    private static final Set<ClockKind> UNTIL_ANSWERED =
            EnumSet.of(ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE);

    private final Tickets tickets;
    private final Agents agents;
    private final Notices notices;

    TimeWarnings(Tickets tickets, Agents agents, Notices notices) {
        this.tickets = tickets;
        this.agents = agents;
        this.notices = notices;
    }

    public void warn(ClockWarned warned) {
        running(warned.ticketId(), warned.stay(), warned.clock(), warned.about())
                .ifPresent(ticket -> warn(ticket, warned));
    }

    private void warn(Ticket ticket, ClockWarned warned) {
        var detail =
                "%s, %d%%, %s"
                        .formatted(
                                words(ticket, warned.clock(), warned.about()),
                                warned.percent(),
                                Notices.due(ticket, warned.dueAt()));
        var cause =
                cause(
                        ticket,
                        warned.clock(),
                        warned.about(),
                        warned.percent() + " " + warned.dueAt());
        for (var whom : ticket.rules().warnings().toldAt(warned.percent())) {
            switch (whom) {
                case OWNER ->
                        owner(ticket, warned.about())
                                .ifPresent(
                                        owner ->
                                                notices.tell(
                                                        ticket,
                                                        owner,
                                                        NoticeKind.TIME_RUNS,
                                                        cause,
                                                        detail,
                                                        warned.at()));
                case LEADERS ->
                        notices.tell(
                                ticket,
                                Ticket.LEADERS,
                                NoticeKind.NEARLY_DUE,
                                cause,
                                detail,
                                warned.at());
            }
        }
    }

    public void step(ClockStepped stepped) {
        if (stepped.step() == ClockStep.TELL_LEADER) {
            running(stepped.ticketId(), stepped.stay(), stepped.clock(), stepped.about())
                    .ifPresent(ticket -> tellLeaders(ticket, stepped));
        }
    }

    private void tellLeaders(Ticket ticket, ClockStepped stepped) {
        var isUnanswered = UNTIL_ANSWERED.contains(stepped.clock());
        notices.tell(
                ticket,
                Ticket.LEADERS,
                isUnanswered ? NoticeKind.NOT_ANSWERED : NoticeKind.NEARLY_DUE,
                cause(ticket, stepped.clock(), stepped.about(), "step " + stepped.dueAt()),
                "%s, %s"
                        .formatted(
                                words(ticket, stepped.clock(), stepped.about()),
                                Notices.due(ticket, stepped.dueAt())),
                stepped.at());
    }

    /** Each time that it rings. */
    public void ring(LastTierOverdue overdue) {
        tickets.find(overdue.ticketId())
                .filter(ticket -> ticket.memento().stay() == overdue.stay() && !isOver(ticket))
                .ifPresent(ticket -> ring(ticket, overdue));
    }

    private void ring(Ticket ticket, LastTierOverdue overdue) {
        var detail =
                "%s, %s".formatted(words(overdue.clock()), Notices.due(ticket, overdue.dueAt()));
        var cause = cause(ticket, overdue.clock(), null, "rings " + overdue.at());
        for (var person : hearing(ticket, overdue)) {
            notices.tell(ticket, person, NoticeKind.LAST_TIER_OVERDUE, cause, detail, overdue.at());
        }
    }

    /**
     * Who has claimed it; else the manager on duty, and when that was to no avail their deputy as
     * well. Where one of these is missing, the leaders.
     */
    private Set<Person> hearing(Ticket ticket, LastTierOverdue overdue) {
        var onDuty = agents.onDuty(Topics.LAST_TIER);
        var first = claimer(ticket).or(() -> onDuty.stream().findFirst()).orElse(Ticket.LEADERS);
        var hearing = new LinkedHashSet<>(Set.of(first));
        var rings = Objects.requireNonNullElse(overdue.rings(), 1);
        if (ticket.rules().warnings().tellsDeputyAt(rings)) {
            hearing.add(deputy(first, onDuty));
        }
        return hearing;
    }

    /** Whoever had it at a tier below has it until somebody claims it, and cannot end it. */
    private static Optional<Person> claimer(Ticket ticket) {
        var state = ticket.memento();
        return Optional.ofNullable(state.assignee()).filter(_ -> !state.inQueue());
    }

    /** Of a deputy who has the ticket already, the manager. */
    private static Person deputy(Person told, List<Person> onDuty) {
        if (onDuty.size() < 2) {
            return Ticket.LEADERS;
        }
        var deputy = onDuty.get(1);
        return deputy.id().equals(told.id()) ? onDuty.getFirst() : deputy;
    }

    /** The ticket, if that time of it still passes. */
    private Optional<Ticket> running(
            UUID ticketId, int stay, ClockKind clock, @Nullable UUID about) {
        return tickets.find(ticketId)
                .filter(ticket -> ticket.memento().stay() == stay && runs(ticket, clock, about));
    }

    private static boolean runs(Ticket ticket, ClockKind clock, @Nullable UUID about) {
        return switch (clock) {
            case FIRST_RESPONSE, NEXT_RESPONSE, TIER_RESPONSE, TIER_RESOLUTION ->
                    ticket.status().isOpen();
            case RESOLUTION -> ticket.status().isOpen() || ticket.endsByFiling() && !isOver(ticket);
            case PROMISE -> about != null && ticket.owes(about) && !isOver(ticket);
            case WAITING -> ticket.isOnWait(about);
            case CLOSING -> ticket.status() == TicketStatus.RESOLVED;
            case CONFIRMATION, SURVEY, UNKNOWN -> false;
        };
    }

    private static boolean isOver(Ticket ticket) {
        return !ticket.status().isOpen() && ticket.status() != TicketStatus.RESOLVED;
    }

    /**
     * Who has the ticket, and of a promise who is to keep it. Whether it is major any of those who
     * lead may say, and who has it.
     */
    private static Optional<Person> owner(Ticket ticket, @Nullable UUID promiseId) {
        var assignee = ticket.memento().assignee();
        return promise(ticket, promiseId)
                .filter(promise -> !promise.isMajorCheck())
                .map(promise -> Optional.ofNullable(promise.keeper(assignee)))
                .orElseGet(() -> Optional.ofNullable(assignee));
    }

    private static Optional<Promise> promise(Ticket ticket, @Nullable UUID id) {
        return ticket.memento().promises().stream()
                .filter(promise -> promise.id().equals(id))
                .findFirst();
    }

    private static String cause(Ticket ticket, ClockKind clock, @Nullable UUID about, String what) {
        return Stream.of(ticket.id(), clock, about, what)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .collect(Collectors.joining(" "));
    }

    /** With what it is of, where a ticket may have several. */
    private static String words(Ticket ticket, ClockKind clock, @Nullable UUID about) {
        var state = ticket.memento();
        var waitsFor = state.waitingReason();
        var isSearch = Boolean.TRUE.equals(state.waitingSearch());
        var whatOf =
                clock == ClockKind.WAITING && waitsFor != null
                        ? Optional.of(Notices.named(ticket, waitsFor, isSearch))
                        : promise(ticket, about).map(Promise::what);
        return whatOf.map(what -> words(clock) + ", " + what).orElseGet(() -> words(clock));
    }

    private static String words(ClockKind clock) {
        return switch (clock) {
            case FIRST_RESPONSE -> "首次响应 First response";
            case NEXT_RESPONSE -> "后续响应 Next response";
            case RESOLUTION -> "解决 Resolution";
            case TIER_RESPONSE -> "层级响应 Response of the tier";
            case TIER_RESOLUTION -> "层级解决 Resolution by the tier";
            case CONFIRMATION -> "客户确认 Confirmation";
            case PROMISE -> "承诺 Promise";
            case WAITING -> "等待 Wait";
            case SURVEY -> "满意度调查 Survey";
            case CLOSING -> "关单 Closing";
            case UNKNOWN -> "时限 Clock";
        };
    }
}
