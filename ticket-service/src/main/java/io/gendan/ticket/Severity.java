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
 * What sounds major, and what somebody says it is. Words alone never make a ticket major. That
 * somebody says so in time is a promise of ours to ourselves: no customer is told of it, and it
 * keeps nothing open.
 */
final class Severity extends Telling {

    private static final String FIND_OUT = "核实是否重大 Find out whether it is major";
    private static final String IS_MAJOR = "核实为重大：%1$s Found to be major: %1$s";

    private final Commitments commitments;

    Severity(Telling ticket, Commitments commitments) {
        super(ticket);
        this.commitments = commitments;
    }

    /**
     * By the customer's words, in the time that the rules give for it. Nothing when it is over or
     * major, or somebody is, or was, to say that already.
     */
    void suspect(MajorWords.Found found, Instant now) {
        if (canBeAsked() && !state.suspicion().asked().contains(found.major())) {
            ask(
                    Suspicion.proposalId(id(), found.major()),
                    found.major(),
                    found.word(),
                    judgedBy(now),
                    now);
        }
    }

    /** When it sounds major first, or anew. */
    Instant judgedBy(Instant now) {
        return now.plus(Objects.requireNonNull(rules.majorWords()).judgedWithin());
    }

    /**
     * It sounded so elsewhere: the question goes on here. Nothing as above.
     *
     * @param due until when somebody is to say whether it is; absent when that has passed
     */
    void goOnAsking(Suspicion.Question question, @Nullable Instant due, Instant now) {
        if (!state.suspicion().asked().contains(question.major())) {
            askAgain(question, due, now);
        }
    }

    /** Its own question, which went on elsewhere or rested; unless it is over or major by now. */
    void askAgain(Suspicion.Question question, @Nullable Instant due, Instant now) {
        if (canBeAsked()) {
            ask(question.id(), question.major(), question.word(), due, now);
        }
    }

    private boolean canBeAsked() {
        var isAlive = status().isOpen() || status() == TicketStatus.RESOLVED;
        return isAlive
                && state.facts().major() == null
                && !isOfAnAuthority()
                && state.suspicion().question() == null;
    }

    private void ask(
            UUID proposalId, Major major, String word, @Nullable Instant due, Instant now) {
        say(new MajorProposed(id(), round(), stay(), at(now), proposalId, major, word));
        if (due != null) {
            commitments.sayPromised(
                    new Promise.Draft(
                            Objects.requireNonNull(state.suspicion().question()).promiseId(),
                            Ticket.LEADERS,
                            FIND_OUT,
                            due,
                            null,
                            PromisePurpose.MAJOR_CHECK),
                    now);
        }
    }

    /**
     * It is, and all follows from that.
     *
     * @throws Problem 409 when it does not sound so
     */
    void confirm(String by, Instant now) {
        require(Command.CONFIRM_MAJOR);
        var question = requireQuestion();
        commitments.keepMajorCheck(by, now);
        var facts = state.facts().withMajor(question.major());
        say(facts.told(stamp(now), IS_MAJOR.formatted(question.word())));
    }

    /**
     * It is not, and nobody is asked again whether it is major in that way.
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
    }

    private Suspicion.Question requireQuestion() {
        var question = state.suspicion().question();
        if (question == null) {
            throw inThisState("not-suspected");
        }
        return question;
    }
}
