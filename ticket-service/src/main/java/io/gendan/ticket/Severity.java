package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.events.PromisePurpose;
import io.gendan.events.TicketEvent.MajorProposed;
import io.gendan.events.TicketEvent.MajorRefused;
import io.gendan.ticket.rules.MajorWords;

import java.time.Instant;
import java.util.Objects;

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

    /** By the customer's words, in the time that the rules give for it. */
    void suspect(MajorWords.Found found, Instant now) {
        var within = Objects.requireNonNull(rules.majorWords()).judgedWithin();
        suspect(found, now.plus(within), now);
    }

    /**
     * Nothing when it is over or major, or somebody is, or was, to say that already.
     *
     * @param due until when somebody is to say whether it is
     */
    void suspect(MajorWords.Found found, Instant due, Instant now) {
        var known = state.suspicion();
        var isAlive = status().isOpen() || status() == TicketStatus.RESOLVED;
        if (!isAlive
                || state.facts().major() != null
                || isOfAnAuthority()
                || known.question() != null
                || known.asked().contains(found.major())) {
            return;
        }
        say(
                new MajorProposed(
                        id(),
                        round(),
                        stay(),
                        at(now),
                        Suspicion.proposalId(id(), found.major()),
                        found.major(),
                        found.word()));
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
