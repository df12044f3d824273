package io.gendan.ticket;

import static io.gendan.ticket.TicketStatus.ASSIGNED;
import static io.gendan.ticket.TicketStatus.CANCELLED;
import static io.gendan.ticket.TicketStatus.CLOSED;
import static io.gendan.ticket.TicketStatus.IN_PROGRESS;
import static io.gendan.ticket.TicketStatus.MERGED;
import static io.gendan.ticket.TicketStatus.NEW;
import static io.gendan.ticket.TicketStatus.REOPENED;
import static io.gendan.ticket.TicketStatus.RESOLVED;
import static io.gendan.ticket.TicketStatus.WAITING;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What people may do to a ticket, and in which states: the table is written here and only here. */
enum Command {
    /** The assignee takes it up. */
    ACCEPT(ASSIGNED),
    /** The assignee says something to the customer, and takes the ticket up if need be. */
    ANSWER(ASSIGNED, IN_PROGRESS, WAITING, REOPENED),
    /** The customer says something; ends a wait, reopens a resolution. */
    HEAR(NEW, ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, REOPENED),
    /** The customer called or chatted, whether somebody answered or not. */
    CONTACT(NEW, ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, REOPENED),
    /** One of us calls the customer. */
    CALL(ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, REOPENED),
    WAIT(IN_PROGRESS, REOPENED),
    RESUME(WAITING),
    RESOLVE(IN_PROGRESS, WAITING, REOPENED),
    /** The assignee tells the customer what will be done until when. */
    PROMISE(IN_PROGRESS, WAITING, RESOLVED, REOPENED),
    KEEP(NEW, ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, REOPENED),
    WITHDRAW(NEW, ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, REOPENED),
    /** The customer answers the survey of the last resolution. */
    RATE(RESOLVED, CLOSED),
    /** The customer says that it is solved. */
    CONFIRM(RESOLVED),
    /** The customer says that it is not, or one of us sees it. */
    REOPEN(RESOLVED),
    /** The customer wants it no more, or a leader says why nothing is to be done. */
    CANCEL(NEW, ASSIGNED, IN_PROGRESS, WAITING, REOPENED),
    /** One of us tells the others something that the customer never sees. */
    NOTE(NEW, ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, REOPENED, CLOSED, CANCELLED, MERGED),
    /** One of us sees that it is about something else, or more urgent. */
    CHANGE(NEW, ASSIGNED, IN_PROGRESS, WAITING, REOPENED),
    /** Somebody did what its procedure asks for and no other command does. */
    STEP(IN_PROGRESS, WAITING, RESOLVED, REOPENED),
    /** Somebody writes what a complaint taught us; it may be late. */
    REVIEW(IN_PROGRESS, WAITING, RESOLVED, REOPENED, CLOSED),
    /** The authority that asks got its answer. */
    FILE(IN_PROGRESS, WAITING, RESOLVED, REOPENED),
    /** A leader ends it for a reason that is not a solution. */
    CLOSE(NEW, ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, REOPENED),
    /** Its matter is gone after in another ticket of the customer. */
    MERGE(NEW, ASSIGNED, IN_PROGRESS, WAITING, REOPENED),
    UNDO_MERGE(MERGED);

    private final Set<TicketStatus> states;

    Command(TicketStatus first, TicketStatus... others) {
        this.states = EnumSet.of(first, others);
    }

    boolean isLegalIn(TicketStatus status) {
        return states.contains(status);
    }

    static List<String> legalIn(TicketStatus status) {
        return Arrays.stream(values())
                .filter(command -> command.isLegalIn(status))
                .map(Command::word)
                .distinct()
                .toList();
    }

    /** As the API's paths write it. */
    String word() {
        return switch (this) {
            case ANSWER, HEAR -> "messages";
            case PROMISE -> "promises";
            case CONTACT -> "contacts";
            case CALL -> "calls";
            case RATE -> "surveys/{token}";
            case KEEP, WITHDRAW -> "promises/{promiseId}/" + name().toLowerCase(Locale.ROOT);
            case MERGE -> "merges";
            case STEP -> "steps";
            case FILE -> "filing";
            case UNDO_MERGE -> "merges/undo";
            case ACCEPT,
                    WAIT,
                    RESUME,
                    RESOLVE,
                    CONFIRM,
                    REOPEN,
                    CANCEL,
                    NOTE,
                    CHANGE,
                    CLOSE,
                    REVIEW ->
                    name().toLowerCase(Locale.ROOT);
        };
    }
}
