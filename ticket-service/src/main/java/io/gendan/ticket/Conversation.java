package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.events.CallOutcome;
import io.gendan.events.Channel;
import io.gendan.events.EscalationCause;
import io.gendan.events.HandOffPacket;
import io.gendan.events.PromisePurpose;
import io.gendan.events.Solved;
import io.gendan.events.TicketEvent.MessageReceived;
import io.gendan.events.TicketEvent.MessageSent;
import io.gendan.events.TicketEvent.MessageUndelivered;
import io.gendan.events.TicketEvent.TicketAccepted;
import io.gendan.events.TicketEvent.TicketUrged;
import io.gendan.events.Topics;
import io.gendan.events.WaitEnd;
import io.gendan.events.WaitingReason;
import io.gendan.ticket.Ticket.Person;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What the customer and we say to each other, in writing and on the phone. */
final class Conversation extends Telling {

    private static final String CALL_BACK = "回电 Call back";
    private static final String ANOTHER_HOUR = "客户另约时间 The customer named another hour";

    private final Waiting waiting;
    private final Commitments commitments;
    private final Ending ending;
    private final HandOver handOver;

    /**
     * Something that was written to the other side.
     *
     * @param text with number-like strings masked
     * @param contactId the call or chat that it belongs to
     * @param sentAt when it was written, as its channel says
     * @param thanks whether it is thanks and nothing else
     */
    record Said(
            UUID id,
            String text,
            @Nullable UUID contactId,
            @Nullable Instant sentAt,
            boolean thanks) {}

    record Callback(UUID promiseId, Instant dueAt) {}

    Conversation(
            Telling ticket,
            Waiting waiting,
            Commitments commitments,
            Ending ending,
            HandOver handOver) {
        super(ticket);
        this.waiting = waiting;
        this.commitments = commitments;
        this.ending = ending;
        this.handOver = handOver;
    }

    /**
     * Whose it is takes it up by that; a leader who answers in their place does not take it from
     * them.
     */
    void answer(Said said, String agent, Instant now) {
        require(Command.ANSWER);
        takeUp(agent, now);
        say(
                new MessageSent(
                        id(),
                        round(),
                        stay(),
                        at(now),
                        said.id(),
                        agent,
                        said.text(),
                        said.contactId()));
        ending.closeIfDue(now);
    }

    private void takeUp(String by, Instant now) {
        goOn(by, now);
        if (status() == TicketStatus.ASSIGNED && isAssignedTo(by)) {
            say(new TicketAccepted(id(), round(), stay(), at(now), by));
        }
    }

    /**
     * Mere thanks ask for nothing: they bring nothing back to work, and end no wait. But who is
     * waited for answers us, whatever the words. Whoever reads them otherwise reopens it or goes
     * on.
     */
    void hear(Said said, Instant now) {
        require(said.thanks() ? Command.THANK : Command.HEAR);
        var isMereThanks = said.thanks() && state.waitingReason() != WaitingReason.CUSTOMER;
        say(
                new MessageReceived(
                        id(),
                        round(),
                        stay(),
                        at(now),
                        said.id(),
                        said.text(),
                        said.contactId(),
                        said.sentAt(),
                        isMereThanks ? true : null));
        if (status() == TicketStatus.WAITING && !isMereThanks) {
            waiting.end(WaitEnd.MESSAGE, now);
        } else if (status() == TicketStatus.RESOLVED && !isMereThanks) {
            ending.reopenForTheCustomer(said.text(), now);
        }
    }

    /**
     * The customer asks again. The owner owes an answer; a wait for the customer is over, and so is
     * a resolution. Asked again often enough it presses more, and climbs.
     *
     * @param text with number-like strings masked; empty when they pressed a button
     */
    void urge(UUID urgeId, Channel channel, String text, Instant now) {
        require(Command.URGE);
        var urges = rules.urges();
        var count = Urged.timesOf(state.urged()) + 1;
        var presses = Urged.presses(state.urged(), urges);
        say(new TicketUrged(id(), round(), stay(), at(now), urgeId, channel, count, text));
        if (state.waitingReason() == WaitingReason.CUSTOMER) {
            waiting.end(WaitEnd.MESSAGE, now);
        } else if (status() == TicketStatus.RESOLVED) {
            ending.reopenForTheCustomer(text, now);
        }
        if (presses) {
            sayPressed(now);
        }
        if (Objects.requireNonNull(state.urged()).isToClimb(urges, now)) {
            var packet = new HandOffPacket("", null, text, null);
            handOver.sayAskedToClimb(
                    urgeId, Ticket.CUSTOMER, EscalationCause.CUSTOMER, packet, now);
        }
    }

    /**
     * A call or a chat came in, and the customer is not waited for any more; by too many of them a
     * complaint presses. Who was not answered is called back by a promise of ours, by one however
     * often they tried; who was, need not be, and has had the first call that was promised by then,
     * if that was on the phone. It reopens no resolution: whoever answered does that if need be,
     * and a promise to call back is in the way of closing; but what the customer says in it of the
     * solution counts as in a call of ours. Lines tell of calls late: one counts for what was there
     * when it took place, and ends no wait that came of it, or after it.
     *
     * @param urgeId by which the customer asked again in it
     * @param callback for that promise, which only comes into being when it is needed
     * @return whether the customer is not content and the ticket is closed: another goes after it
     */
    boolean record(Talk.Contact contact, @Nullable UUID urgeId, Callback callback, Instant now) {
        require(contact.solved() == null ? Command.CONTACT : Command.CALL_IN);
        var talk = state.talk();
        var weighed = state.weighed();
        say(contact.told(stamp(now), urgeId));
        sayRaisedSince(weighed, now);
        if (state.waitingReason() == WaitingReason.CUSTOMER
                && waiting.beganBy(contact.startedAt())) {
            waiting.end(WaitEnd.CONTACT, now);
        }
        var isUnsolved =
                contact.solved() == Solved.NO && !contact.wasOverBefore(state.resolvedAt());
        if (isUnsolved && status() == TicketStatus.RESOLVED) {
            ending.reopenForTheCustomer(null, now);
        }
        if (contact.isUnanswered()) {
            if (!talk.wasAnsweredAfter(contact)
                    && !state.promises().isOpen(PromisePurpose.CALLBACK, callback.dueAt())) {
                var by = Objects.requireNonNullElse(state.assignee(), Ticket.SYSTEM);
                promiseToCallBack(callback, by, now);
            }
        } else if (contact.isAnswered()) {
            var by = Objects.requireNonNullElse(state.assignee(), Ticket.SYSTEM).id();
            if (contact.channel() == Channel.PHONE) {
                commitments.keepFirstCalls(by, contact.lastedUntil(), now);
            }
            if (!talk.wasMissedAfter(contact)) {
                areCalledBack(by, hoursNamedAfter(contact), now);
            }
            ending.closeIfDue(now);
        }
        if (contact.solved() == Solved.YES && !contact.wasOverBefore(state.reopenedAt())) {
            confirm(now);
        }
        return isUnsolved && status() == TicketStatus.CLOSED;
    }

    private void confirm(Instant now) {
        if (status() == TicketStatus.RESOLVED && !endsByFiling()) {
            ending.confirm(now);
        }
    }

    /** What was promised for hours that the customer named on the phone later than that. */
    private Set<UUID> hoursNamedAfter(Talk.Contact contact) {
        return state.talk().calls().stream()
                .filter(call -> call.outcome() == CallOutcome.CALL_LATER)
                .filter(call -> call.at().isAfter(contact.lastedUntil()))
                .map(call -> namedHour(call.id()))
                .collect(Collectors.toSet());
    }

    private static UUID namedHour(UUID callId) {
        var name = "call-later:" + callId;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private void promiseToCallBack(Callback callback, Person by, Instant now) {
        commitments.sayPromised(
                new Promise.Draft(
                        callback.promiseId(),
                        by,
                        CALL_BACK,
                        callback.dueAt(),
                        Channel.PHONE,
                        PromisePurpose.CALLBACK),
                now);
    }

    /**
     * Whoever called whom: the customer and one of us have talked.
     *
     * @param but what was promised after that
     */
    private void areCalledBack(String by, Set<UUID> but, Instant now) {
        state.promises().open(PromisePurpose.CALLBACK).stream()
                .filter(promiseId -> !isWaitingFor(promiseId) && !but.contains(promiseId))
                .forEach(promiseId -> commitments.sayKept(promiseId, by, now));
    }

    /**
     * The customer named the hour at which they are to be called, which takes the place of an
     * earlier one; nothing when the call was for what somebody promised, and that holds.
     */
    private void isCalledLater(Talk.Attempt call, Instant at, Instant now) {
        var promises = state.promises();
        var before = promises.open(PromisePurpose.CALLBACK);
        var promiseId = call.promiseId();
        if (promiseId != null
                        && promises.findOpen(promiseId).isPresent()
                        && !before.contains(promiseId)
                || before.stream().anyMatch(this::isWaitingFor)) {
            return;
        }
        for (var earlier : before) {
            commitments.sayWithdrawn(earlier, call.by().id(), ANOTHER_HOUR, now);
        }
        promiseToCallBack(new Callback(namedHour(call.id()), at), call.by(), now);
    }

    /**
     * One of us called, for a promise or not. Who is reached is called by that, and called back:
     * such promises are kept; but one that the ticket waits for solves it, which takes words. Who
     * only names another hour was called by that, too, and is to be called back. Who says that it
     * is not solved brings a resolution back to work, and who says that it is confirms it.
     *
     * @return whether the customer is not content and the ticket is closed: another goes after it
     * @throws Problem 404 when there is no such promise, 409 when it is over, 403 when somebody
     *     else is to keep it
     */
    boolean record(Talk.Attempt call, Instant now) {
        require(Command.CALL);
        var promiseId = call.promiseId();
        if (promiseId != null) {
            Commitments.requireNotRated(state.promises().requireEndable(promiseId), call.by().id());
        }
        takeUp(call.by().id(), now);
        say(call.told(stamp(now)));
        var isUnsolved = call.solved() == Solved.NO;
        if (isUnsolved && status() == TicketStatus.RESOLVED) {
            ending.reopenForTheCustomer(call.note(), now);
        }
        if (call.outcome().hasReached()) {
            commitments.keepFirstCalls(call.by().id(), at(now), now);
        }
        if (call.outcome() == CallOutcome.REACHED) {
            if (promiseId != null
                    && state.promises().open().contains(promiseId)
                    && !isWaitingFor(promiseId)) {
                commitments.sayKept(promiseId, call.by().id(), now);
            }
            areCalledBack(call.by().id(), Set.of(), now);
            ending.closeIfDue(now);
        }
        if (call.solved() == Solved.YES) {
            confirm(now);
        }
        if (call.outcome() == CallOutcome.CALL_LATER) {
            if (call.nextTryAt() != null) {
                isCalledLater(call, call.nextTryAt(), now);
            }
            ending.closeIfDue(now);
        }
        return isUnsolved && status() == TicketStatus.CLOSED;
    }

    /**
     * The customer is not content with what was closed before, and this is gone after for it
     * already: somebody else calls them, and the tier above the first has it.
     *
     * @param said what they say; masked
     */
    void hearDiscontent(Discontent discontent, String said, Instant now) {
        if (status() == TicketStatus.RESOLVED) {
            ending.reopenForTheCustomer(said, now);
        }
        if (discontent.spokenWith() != null) {
            commitments.keepFirstCalls(discontent.spokenWith(), at(now), now);
        }
        if (!state.promises().isOpen(PromisePurpose.REVISIT)) {
            var within = rules.survey().revisitedWithin();
            commitments.sayPromised(discontent.revisit(within, rules.calling(), now), now);
        }
        if (state.tier() < Topics.FIRST_QUEUED_TIER) {
            handOver.sayAskedToClimb(
                    discontent.escalationId(),
                    Ticket.CUSTOMER,
                    EscalationCause.LOW_SCORE,
                    new HandOffPacket("", null, said, null),
                    now);
        }
    }

    /** The customer was not told something, and will not be; in whatever state it is by now. */
    void isUndelivered(UUID deliveryId, @Nullable UUID messageId, String reason, Instant now) {
        say(new MessageUndelivered(id(), round(), stay(), at(now), deliveryId, messageId, reason));
    }
}
