package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.events.Major;
import io.gendan.events.PromisePurpose;
import io.gendan.events.TicketEvent.MajorProposed;
import io.gendan.events.TicketEvent.MajorRefused;
import io.gendan.ticket.rules.MajorWords;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What sounds major, and what somebody says it is. Words alone never make a ticket major; but until
 * somebody has said whether they do, it is not closed as solved. That this is said in time is a
 * promise of ours to ourselves, which no customer is told of.
 *
 * <p>Asked is what its own words sound like, and what those of the tickets sounded like that are
 * merged into it, each by a time of its own. A no to a kind answers all of that kind.
 */
final class Severity extends Telling {

    private static final String FIND_OUT = "核实是否重大 Find out whether it is major";
    private static final String IS_MAJOR = "核实为重大：%1$s Found to be major: %1$s";

    private final Commitments commitments;
    private final Ending ending;

    Severity(Telling ticket, Commitments commitments, Ending ending) {
        super(ticket);
        this.commitments = commitments;
        this.ending = ending;
    }

    /**
     * By the customer's words, in the time that the rules give for it, beside what else they sound
     * like. Nothing when it is over or major, or somebody is, or was, to say that already. What is
     * asked for a ticket that is merged into it, and is true of its own words as well, is asked for
     * both, in the time that is left.
     */
    void suspect(MajorWords.Found found, Instant now) {
        if (!canBeMajor() || wasAsked(found.major())) {
            return;
        }
        var same = state.suspicion().of(found.major());
        var due = same.isEmpty() ? judgedBy(now) : dueOf(same.getFirst());
        ask(Suspicion.proposalId(id(), found.major()), found.major(), found.word(), due, now);
    }

    /** By when somebody is to answer that; absent when nobody did in time. */
    @Nullable Instant dueOf(Suspicion.Question question) {
        return state.promises().findOpen(question.promiseId()).map(Promise::dueAt).orElse(null);
    }

    /** By its own words, or with a no by those of another that is still merged into it. */
    private boolean wasAsked(Major major) {
        return state.suspicion().asked().contains(major)
                || state.absorbed().stream().anyMatch(one -> one.isRefused(major));
    }

    /** When it sounds major first, or anew; absent under rules that do not know such words. */
    @Nullable Instant judgedBy(Instant now) {
        return rules.majorWords() == null ? null : now.plus(rules.majorWords().judgedWithin());
    }

    /**
     * Its own question, which rested, or one of a ticket that is merged into it; unless it is over
     * or major by now.
     *
     * @param due until when somebody is to say whether it is; absent when that has passed
     */
    void askAgain(Suspicion.Question question, @Nullable Instant due, Instant now) {
        if (canBeMajor()) {
            ask(question.id(), question.major(), question.word(), due, now);
        }
    }

    /** What waited without a time of its own has one from when it is the first. */
    void seeToFirst(Instant now) {
        var first = state.suspicion().question();
        if (first != null && state.promises().find(first.promiseId()).isEmpty()) {
            sayToBeJudged(first, judgedBy(now), now);
        }
    }

    /** Nobody asks that here any more. */
    void dropWhatIsOf(UUID merged, String reason, Instant now) {
        state.suspicion().open().stream()
                .filter(one -> one.isOf(merged))
                .flatMap(one -> state.promises().findOpen(one.promiseId()).stream())
                .forEach(
                        check ->
                                commitments.sayWithdrawn(
                                        check.id(), Ticket.SYSTEM.id(), reason, now));
    }

    private boolean canBeMajor() {
        var isAlive = status().isOpen() || status() == TicketStatus.RESOLVED;
        return isAlive && state.facts().major() == null && !state.facts().isOfAnAuthority();
    }

    private void ask(
            UUID proposalId, Major major, String word, @Nullable Instant due, Instant now) {
        say(new MajorProposed(id(), round(), stay(), at(now), proposalId, major, word));
        state.suspicion().find(proposalId).ifPresent(asked -> sayToBeJudged(asked, due, now));
    }

    private void sayToBeJudged(Suspicion.Question question, @Nullable Instant due, Instant now) {
        if (due != null) {
            commitments.sayPromised(
                    new Promise.Draft(
                            question.promiseId(),
                            Ticket.LEADERS,
                            FIND_OUT,
                            due,
                            null,
                            PromisePurpose.MAJOR_CHECK),
                    now);
        }
    }

    /**
     * It is, and all follows from that. What was solved as if it were not comes back to work first,
     * so that it climbs in the stay that begins.
     *
     * @param proposalId which question is answered; the first, when absent
     * @throws Problem 409 when it does not sound so, or that is answered
     */
    void confirm(@Nullable UUID proposalId, String by, Instant now) {
        require(Command.CONFIRM_MAJOR);
        var question = requireQuestion(proposalId);
        commitments.keepMajorChecks(by, now);
        if (status() == TicketStatus.RESOLVED) {
            ending.sayReopened(now);
        }
        var before = state.facts();
        var found = before.foundMajor(question.major());
        say(found.told(stamp(now), IS_MAJOR.formatted(question.word())));
        commitments.seeToFirstCall(before, now);
    }

    /**
     * It is not, and nobody is asked again whether it is major in that way: neither it nor what is
     * merged into it. What waited for that alone is closed.
     *
     * @param proposalId which question is answered; the first, when absent
     * @throws Problem 409 when it does not sound so, or that is answered
     */
    void refuse(@Nullable UUID proposalId, String by, String reason, Instant now) {
        require(Command.REFUSE_MAJOR);
        var question = requireQuestion(proposalId);
        state.suspicion().of(question.major()).stream()
                .flatMap(one -> state.promises().findOpen(one.promiseId()).stream())
                .forEach(check -> commitments.sayKept(check.id(), by, now));
        say(
                new MajorRefused(
                        id(),
                        round(),
                        stay(),
                        at(now),
                        question.id(),
                        question.major(),
                        by,
                        reason));
        seeToFirst(now);
        ending.closeIfDue(now);
    }

    private Suspicion.Question requireQuestion(@Nullable UUID proposalId) {
        var suspicion = state.suspicion();
        var asked =
                proposalId == null
                        ? Optional.ofNullable(suspicion.question())
                        : suspicion.find(proposalId);
        return asked.orElseThrow(
                () -> Problem.of(409, "not-suspected").with("unjudged", suspicion.unjudged()));
    }
}
