package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.events.EscalationCause;
import io.gendan.events.LinkRelation;
import io.gendan.events.TicketEvent.TicketEscalated;
import io.gendan.events.TicketEvent.TicketLinked;
import io.gendan.events.TicketEvent.TicketReleased;
import io.gendan.events.TicketEvent.TicketUnlinked;
import io.gendan.events.Topics;
import io.gendan.events.WaitEnd;
import io.gendan.events.WaitingReason;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** What a ticket has to do with others. Both of two say what they are to each other. */
final class Ties extends Telling {

    static final int MOST_LINKS = 50;
    private static final String MERGED = "并入另一工单 Merged into another ticket";
    private static final String UNMERGED = "合并已撤销 The merge was undone";

    private final Waiting waiting;
    private final Commitments commitments;
    private final Severity severity;

    Ties(Telling ticket, Waiting waiting, Commitments commitments, Severity severity) {
        super(ticket);
        this.waiting = waiting;
        this.commitments = commitments;
        this.severity = severity;
    }

    /**
     * The two have to do with each other; each says so.
     *
     * @throws Problem 422 for the ticket itself, 409 when they are linked, or have too many links
     */
    void link(Ticket other, Instant now) {
        require(Command.LINK);
        if (other.id().equals(id())) {
            throw Problem.of(422, "link-other").at("/other");
        }
        if (isLinkedTo(other) || hasAllLinks() || other.ties().hasAllLinks()) {
            throw Problem.of(409, "links", MOST_LINKS).with("state", status().name());
        }
        sayLinked(other, LinkRelation.RELATED, now);
        other.ties().sayLinked(this, LinkRelation.RELATED, now);
    }

    /** The same by ourselves, where there is room and they are not linked already. */
    void linkToEarlier(Ticket earlier, Instant now) {
        if (!isLinkedTo(earlier) && !hasAllLinks() && !earlier.ties().hasAllLinks()) {
            link(earlier, now);
        }
    }

    private boolean hasAllLinks() {
        return state.links().size() >= MOST_LINKS;
    }

    private void sayLinked(Telling other, LinkRelation relation, Instant now) {
        say(
                new TicketLinked(
                        id(),
                        round(),
                        stay(),
                        at(now),
                        other.id(),
                        other.created.number(),
                        relation));
    }

    /**
     * @throws Problem 404 when they are not linked, or not by people
     */
    void unlink(Ticket other, Instant now) {
        require(Command.UNLINK);
        if (state.links().stream().noneMatch(link -> link.isRelated(other.id()))) {
            throw Problem.notFound();
        }
        sayUnlinked(other, now);
        other.ties().sayUnlinked(this, now);
    }

    private void sayUnlinked(Telling other, Instant now) {
        say(new TicketUnlinked(id(), round(), stay(), at(now), other.id()));
    }

    private boolean isLinkedTo(Telling other) {
        return state.links().stream().anyMatch(link -> link.ticketId().equals(other.id()));
    }

    /** Tells what it goes on with. */
    void isFollowUpOf(Ticket closed, Instant now) {
        sayLinked(closed, LinkRelation.FOLLOW_UP_OF, now);
    }

    /** Tells of the ticket that the customer came back by. */
    void isFollowedBy(Ticket next, Instant now) {
        sayLinked(next, LinkRelation.FOLLOWED_BY, now);
    }

    /** Both say what they are to each other. */
    void follow(Ticket closed, Instant now) {
        isFollowUpOf(closed, now);
        closed.ties().sayLinked(this, LinkRelation.FOLLOWED_BY, now);
    }

    /**
     * Begins as what another that is closed left unsolved, at the tier above the first. Who said so
     * on the phone needs no first call.
     *
     * @param closed about which the customer is not content
     */
    void goAfter(Ticket closed, Discontent discontent, Instant now) {
        follow(closed, now);
        commitments.revisit(discontent, now);
        if (discontent.spokenWith() == null) {
            commitments.promiseFirstCall(now);
        }
        say(
                new TicketEscalated(
                        id(),
                        round() + 1,
                        stay() + 1,
                        at(now),
                        discontent.escalationId(),
                        state.tier(),
                        Topics.FIRST_QUEUED_TIER,
                        EscalationCause.LOW_SCORE,
                        at(now),
                        at(now)));
    }

    /**
     * Its matter is gone after in the other ticket from now on, with what was promised here, and
     * how often the customer asked again of late; whether it is major is to be found out there, by
     * when that was due here. No chains: one that took others is not itself taken.
     *
     * @throws Problem 422 when the other is not another ticket of the same customer, 409 when it is
     *     not open or took too many others, when this one took any or presses more than the other,
     *     or when one of them ends with an answer of its own
     */
    void mergeInto(Ticket other, String reason, Instant now) {
        require(Command.MERGE);
        if (other.id().equals(id()) || !other.created.customerId().equals(created.customerId())) {
            throw Problem.of(422, "merge-other").at("/into");
        }
        if (endsByFiling() || other.endsByFiling()) {
            throw Problem.of(409, "never-merged");
        }
        if (state.facts().pressMoreThan(other.state.facts())) {
            throw Problem.of(409, "merge-hides", other.created.number());
        }
        if (!state.absorbed().isEmpty()) {
            throw Problem.of(409, "has-absorbed").with("absorbed", state.absorbed());
        }
        requireRoom(other.state.absorbed().size());
        if (state.suspicion().open().size() > 1) {
            throw Problem.of(409, "major-unjudged").with("unjudged", state.suspicion().unjudged());
        }
        other.ties().requireOpenForMerges();
        var question = state.suspicion().question();
        var judgedBy = question == null ? null : severity.dueOf(question);
        commitments.withdrawProgress(MERGED, now);
        commitments.withdrawMajorChecks(MERGED, now);
        var leaving = state.promises().leaving();
        say(Merge.into(other.created, stamp(now), reason, leaving));
        var urgedAt = Urged.since(state.urged(), other.rules.urges(), now);
        other.say(Merge.absorbing(created, other.stamp(now), leaving, urgedAt));
        if (question != null) {
            other.ties().severity.askAgain(question, judgedBy, now);
        }
    }

    /**
     * Goes on where it was before the merge, with its promises that are still open. A wait for one
     * that is not is over, and so is one for the customer who has written to the other since.
     * Whether it is major is asked here again, by when that was to be found out, unless somebody
     * said in the other that it is not; that the other is says nothing of this one.
     *
     * @param other that it was merged into
     * @throws Problem 409 when the other is not open any more
     */
    void unmergeFrom(Ticket other, @Nullable String reason, Instant now) {
        require(Command.UNDO_MERGE);
        other.ties().requireOpenForMerges();
        var merge = Objects.requireNonNull(state.merge());
        var back = state.promises().movedTo(other.state.promises());
        var answered = other.ties().hasHeardFor(this, merge.waitingSince());
        var question = other.ties().hasRefusedFor(this) ? null : merge.question();
        var judgedBy = question == null ? null : judgedBy(question, other, now);
        other.ties().release(this, back, now);
        say(merge.undo(stamp(now).inNextRound().inNextStay(), reason, back));
        var awaited = state.awaitedPromise();
        if (awaited != null && !state.promises().open().contains(awaited)) {
            waiting.end(WaitEnd.PROMISE, now);
        }
        if (state.waitingReason() == WaitingReason.CUSTOMER && answered) {
            waiting.end(WaitEnd.MESSAGE, now);
        }
        if (question != null) {
            severity.askAgain(question, judgedBy, now);
        }
    }

    /**
     * Absent when nobody judged in time, here before the merge or in the other since. Where that
     * time has passed and nobody could, or somebody did of the other, it begins anew.
     */
    private @Nullable Instant judgedBy(Suspicion.Question question, Telling other, Instant now) {
        var isOver = other.state.promises().isBroken(question.promiseId());
        return state.promises()
                .find(question.promiseId())
                .filter(check -> !isOver && check.outcome() == PromiseOutcome.WITHDRAWN)
                .map(Promise::dueAt)
                .map(due -> due.isAfter(now) ? due : severity.judgedBy(now))
                .orElse(null);
    }

    private boolean hasHeardFor(Telling merged, @Nullable Instant since) {
        return state.absorbed().stream()
                .anyMatch(one -> one.ticketId().equals(merged.id()) && one.hasAnswer(since));
    }

    private boolean hasRefusedFor(Telling merged) {
        return state.absorbed().stream()
                .anyMatch(one -> one.ticketId().equals(merged.id()) && one.refused() != null);
    }

    private void release(Telling merged, List<UUID> leaving, Instant now) {
        leaving.forEach(promise -> waiting.endFor(promise, now));
        severity.dropWhatIsOf(merged.id(), UNMERGED, now);
        var askedAt =
                Stream.concat(
                                Stream.of(created.at()),
                                state.absorbed().stream()
                                        .filter(one -> !one.ticketId().equals(merged.id()))
                                        .map(Merge.Absorbed::askedAt))
                        .min(Instant::compareTo)
                        .orElseThrow();
        say(new TicketReleased(id(), round(), stay(), at(now), merged.id(), askedAt, leaving));
        severity.seeToFirst(now);
    }

    private void requireOpenForMerges() {
        if (!status().isOpen()) {
            throw Problem.of(409, "merge-not-open", status().name()).with("state", status().name());
        }
    }

    boolean isMergedInto(UUID other) {
        return state.merge() != null && state.merge().into().equals(other);
    }
}
