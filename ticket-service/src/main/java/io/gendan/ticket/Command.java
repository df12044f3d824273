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
    /**
     * The assignee says something to the customer, and takes the ticket up if need be; also when it
     * is solved and the customer was not told yet.
     */
    ANSWER(ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, REOPENED),
    /** The customer says something; ends a wait, reopens a resolution. */
    HEAR(NEW, ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, REOPENED),
    /** The customer asks again; ends a wait for them, reopens a resolution. */
    URGE(NEW, ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, REOPENED),
    /** The customer says thanks and nothing else, which asks for nothing. */
    THANK(NEW, ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, REOPENED, CLOSED),
    /** The customer called or chatted, whether somebody answered or not; ends a wait for them. */
    CONTACT(NEW, ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, REOPENED),
    /** They did, and said whether it is solved; which is heard of a closed ticket, too. */
    CALL_IN(NEW, ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, REOPENED, CLOSED),
    /** One of us calls the customer. */
    CALL(ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, REOPENED, CLOSED),
    WAIT(IN_PROGRESS, REOPENED),
    RESUME(WAITING),
    RESOLVE(IN_PROGRESS, WAITING, REOPENED),
    /** The assignee tells the customer what will be done until when. */
    PROMISE(IN_PROGRESS, WAITING, RESOLVED, REOPENED),
    KEEP(NEW, ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, REOPENED, CLOSED),
    WITHDRAW(NEW, ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, REOPENED, CLOSED),
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
    /** It sounds major, and is; brings back to work what was solved as if it were not. */
    CONFIRM_MAJOR(NEW, ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, REOPENED),
    /** Or is not. */
    REFUSE_MAJOR(NEW, ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, REOPENED),
    /** Somebody did what its procedure asks for and no other command does. */
    STEP(IN_PROGRESS, WAITING, RESOLVED, REOPENED),
    /** Somebody writes what a complaint taught us; it may be late. */
    REVIEW(IN_PROGRESS, WAITING, RESOLVED, REOPENED, CLOSED),
    /** Whoever waits for an answer in writing got it. */
    FILE(IN_PROGRESS, WAITING, RESOLVED, REOPENED),
    /** A leader ends it for a reason that is not a solution. */
    CLOSE(NEW, ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, REOPENED),
    /** The assignee asks somebody above. */
    CONSULT(ASSIGNED, IN_PROGRESS, WAITING, REOPENED),
    /** Whoever was asked tells what they think; of what is merged, too, for who asked. */
    ADVISE(ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, REOPENED, MERGED),
    /** The assignee wants somebody else to have it. */
    TRANSFER(IN_PROGRESS, WAITING, REOPENED),
    /** Whoever it is offered to takes it. */
    TAKE_OVER(IN_PROGRESS, WAITING, REOPENED),
    /** Or does not. */
    DECLINE(IN_PROGRESS, WAITING, REOPENED),
    /** The assignee keeps it after all. */
    WITHDRAW_TRANSFER(IN_PROGRESS, WAITING, REOPENED),
    /** The assignee, or the customer through them, wants the next tier to have it. */
    ESCALATE(NEW, ASSIGNED, IN_PROGRESS, WAITING, REOPENED),
    /** It has to do with another ticket. */
    LINK(NEW, ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, REOPENED, CLOSED, CANCELLED, MERGED),
    UNLINK(NEW, ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, REOPENED, CLOSED, CANCELLED, MERGED),
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
            case ANSWER, HEAR, THANK -> "messages";
            case PROMISE -> "promises";
            case CONTACT, CALL_IN -> "contacts";
            case CALL -> "calls";
            case RATE -> "surveys/{token}";
            case KEEP, WITHDRAW -> "promises/{promiseId}/" + name().toLowerCase(Locale.ROOT);
            case ADVISE -> "consultations/{consultationId}/answer";
            case TAKE_OVER -> "transfer/accept";
            case DECLINE -> "transfer/decline";
            case WITHDRAW_TRANSFER -> "transfer/withdraw";
            case LINK -> "links";
            case UNLINK -> "links/{otherId}/remove";
            case CONFIRM_MAJOR -> "major/confirm";
            case REFUSE_MAJOR -> "major/refuse";
            case STEP -> "steps";
            case FILE -> "filing";
            case UNDO_MERGE -> "merge/undo";
            case ACCEPT,
                    URGE,
                    WAIT,
                    RESUME,
                    RESOLVE,
                    CONFIRM,
                    REOPEN,
                    CANCEL,
                    NOTE,
                    CHANGE,
                    CONSULT,
                    TRANSFER,
                    ESCALATE,
                    MERGE,
                    CLOSE,
                    REVIEW ->
                    name().toLowerCase(Locale.ROOT);
        };
    }
}
