package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.events.Major;
import io.gendan.events.PromisePurpose;
import io.gendan.events.TicketEvent.MajorProposed;
import io.gendan.events.TicketEvent.MajorRefused;
import io.gendan.ticket.rules.MajorWords;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * What sounds major, and what somebody says it is. Words alone never make a ticket major; but until
 * somebody has said whether they do, it is not closed as solved. That this is said in time is a
 * promise of ours to ourselves, which no customer is told of.
 *
 * <p>Asked is what its own words sound like, and what those of the tickets sounded like that are
 * merged into it, one after the other. A no to a kind answers all of that kind.
 */
final class Severity extends Telling {

    private static final String FIND_OUT = "核实是否重大 Find out whether it is major";
    private static final String IS_MAJOR = "核实为重大：%1$s Found to be major: %1$s";

    private static final String OWN_WORDS =
            "本单也有同样的说法，合并核实 To be found out with the same of this ticket";

    private final Commitments commitments;
    private final Ending ending;

    Severity(Telling ticket, Commitments commitments, Ending ending) {
        super(ticket);
        this.commitments = commitments;
        this.ending = ending;
    }

    /**
     * By the customer's words, in the time that the rules give for it. Nothing when it is over or
     * major, or somebody is, or was, to say that already. What is asked for a ticket that is merged
     * into it, and is true of its own words as well, is asked for both, in the time that is left.
     */
    void suspect(MajorWords.Found found, Instant now) {
        if (!canBeMajor() || wasAsked(found.major())) {
            return;
        }
        var question = state.suspicion().question();
        if (question == null) {
            ask(own(found), found.major(), found.word(), judgedBy(now), now);
        } else if (question.major() == found.major()) {
            var due = state.promises().majorCheck().map(Promise::dueAt).orElse(null);
            commitments.withdrawMajorCheck(OWN_WORDS, now);
            ask(own(found), found.major(), found.word(), due, now);
        }
    }

    private UUID own(MajorWords.Found found) {
        return Suspicion.proposalId(id(), found.major());
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
     * or major by now. While another is asked that waits for its turn.
     *
     * @param due until when somebody is to say whether it is; absent when that has passed
     */
    void askAgain(Suspicion.Question question, @Nullable Instant due, Instant now) {
        if (canBeMajor()) {
            ask(question.id(), question.major(), question.word(), due, now);
        }
    }

    /** What waits for its turn, in the order of the merges, when nothing else is asked. */
    void askNext(Instant now) {
        if (state.suspicion().question() == null) {
            state.absorbed().stream()
                    .flatMap(one -> one.unanswered().stream())
                    .findFirst()
                    .ifPresent(next -> askAgain(next, judgedBy(now), now));
        }
    }

    private boolean canBeMajor() {
        var isAlive = status().isOpen() || status() == TicketStatus.RESOLVED;
        return isAlive && state.facts().major() == null && !state.facts().isOfAnAuthority();
    }

    private void ask(
            UUID proposalId, Major major, String word, @Nullable Instant due, Instant now) {
        say(new MajorProposed(id(), round(), stay(), at(now), proposalId, major, word));
        var question = Objects.requireNonNull(state.suspicion().question());
        if (due != null && question.id().equals(proposalId)) {
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
     * @throws Problem 409 when it does not sound so
     */
    void confirm(String by, Instant now) {
        require(Command.CONFIRM_MAJOR);
        var question = requireQuestion();
        commitments.keepMajorCheck(by, now);
        if (status() == TicketStatus.RESOLVED) {
            ending.sayReopened(now);
        }
        var facts = state.facts().withMajor(question.major());
        say(facts.told(stamp(now), IS_MAJOR.formatted(question.word())));
    }

    /**
     * It is not, and nobody is asked again whether it is major in that way: neither it nor what is
     * merged into it. What waited for that alone is closed.
     *
     * @throws Problem 409 when it does not sound so
     */
    void refuse(String by, String reason, Instant now) {
        require(Command.REFUSE_MAJOR);
        var question = requireQuestion();
        commitments.keepMajorCheck(by, now);
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
        askNext(now);
        ending.closeIfDue(now);
    }

    private Suspicion.Question requireQuestion() {
        var question = state.suspicion().question();
        if (question == null) {
            throw inThisState("not-suspected");
        }
        return question;
    }
}
