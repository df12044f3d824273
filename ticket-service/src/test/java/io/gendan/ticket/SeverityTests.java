package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.XU;
import static io.gendan.ticket.TicketFixtures.acceptedTicket;
import static io.gendan.ticket.TicketFixtures.closedTicket;
import static io.gendan.ticket.TicketFixtures.majorTicket;
import static io.gendan.ticket.TicketFixtures.otherTicket;
import static io.gendan.ticket.TicketFixtures.promiseOver;
import static io.gendan.ticket.TicketFixtures.resolvedTicket;
import static io.gendan.ticket.TicketFixtures.solution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gendan.api.Problem;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.PromisePurpose;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.MajorProposed;
import io.gendan.events.TicketEvent.MajorRefused;
import io.gendan.events.TicketEvent.PromiseBroken;
import io.gendan.events.TicketEvent.PromiseKept;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.events.TicketEvent.TicketAbsorbed;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.ticket.rules.MajorWords.Found;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** What sounds major, and what people make of it. */
class SeverityTests {

    private static final Instant LATER = NOON.plusSeconds(100);
    private static final Found HURT = new Found(Major.SAFETY, "受伤");
    private static final Found PRESS = new Found(Major.MEDIA, "记者");

    @Test
    void wordsOnlyPropose() {
        var ticket = acceptedTicket();
        ticket.drainNews();

        ticket.suspect(HURT, LATER);
        ticket.suspect(HURT, LATER);
        ticket.suspect(PRESS, LATER);

        var news = ticket.drainNews();
        assertThat(news).hasExactlyElementsOfTypes(MajorProposed.class, PromiseMade.class);
        var promise = (PromiseMade) news.getLast();
        assertThat(promise.purpose()).isEqualTo(PromisePurpose.MAJOR_CHECK);
        assertThat(promise.dueAt()).isEqualTo(LATER.plus(Duration.ofMinutes(15)));
        assertThat(promise.owner()).isEqualTo(Ticket.LEADERS.id());
        assertThat(ticket.memento().facts().major()).isNull();
    }

    @Test
    void whoConfirmsMakesItMajor() {
        var ticket = suspected();

        ticket.confirmMajor(XU, LATER);

        var news = ticket.drainNews();
        assertThat(news).hasExactlyElementsOfTypes(PromiseKept.class, FactsChanged.class);
        assertThat(((FactsChanged) news.getLast()).major()).isEqualTo(Major.SAFETY);
        assertThat(((FactsChanged) news.getLast()).reason()).contains("受伤");
        assertThat(ticket.memento().suspicion().question()).isNull();
        ticket.suspect(PRESS, LATER);
        assertThat(ticket.drainNews()).isEmpty();
    }

    @Test
    void whoRefusesIsNotAskedTheSameAgain() {
        var ticket = suspected();

        ticket.refuseMajor(XU, "旧伤", LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(PromiseKept.class, MajorRefused.class);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ticket.confirmMajor(XU, LATER))
                .matches(problem -> problem.slug().equals("not-suspected"));
        ticket.suspect(HURT, LATER);
        assertThat(ticket.drainNews()).isEmpty();
        ticket.suspect(PRESS, LATER);
        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(MajorProposed.class, PromiseMade.class);
    }

    @Test
    void aLeaderWhoSaysSoOtherwiseAnswersIt() {
        var ticket = suspected();

        ticket.change(ticket.memento().facts().withMajor(Major.MEDIA), "电视台来电", LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(FactsChanged.class, PromiseKept.class);
        assertThat(ticket.memento().suspicion().question()).isNull();
    }

    @Test
    void whatNobodyJudgesIsBrokenAndCanStillBeJudged() {
        var ticket = suspected();
        var resolved = resolvedTicket();
        resolved.suspect(HURT, LATER);
        resolved.drainNews();

        ticket.elapse(promiseOver(ticket, check(ticket).id()), LATER);
        resolved.elapse(promiseOver(resolved, check(resolved).id()), LATER);

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(PromiseBroken.class);
        assertThat(resolved.drainNews()).hasExactlyElementsOfTypes(PromiseBroken.class);
        assertThat(resolved.memento().status()).isEqualTo(TicketStatus.RESOLVED);
        assertThat(ticket.memento().strain()).isEqualTo(Strain.NONE);
        assertThat(ticket.memento().facts().priority()).isEqualTo(Priority.NORMAL);
        ticket.confirmMajor(XU, LATER);
        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(FactsChanged.class);
    }

    @Test
    void holdsUpNoClosing() {
        var ticket = resolvedTicket();
        ticket.suspect(HURT, LATER);
        ticket.drainNews();

        ticket.confirm(LATER);

        assertThat(ticket.drainNews()).last().isInstanceOf(TicketClosed.class);
        assertThat(ticket.memento().suspicion().question()).isNull();
        assertThat(check(ticket).outcome()).isEqualTo(PromiseOutcome.WITHDRAWN);
    }

    @Test
    void isKeptByJudgingOnly() {
        var ticket = suspected();

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ticket.keep(check(ticket).id(), XU, solution(null), LATER))
                .matches(problem -> problem.slug().equals("promise-to-judge"));
    }

    @Test
    void isAskedOfTheTicketThatItIsMergedInto() {
        var ticket = suspected();
        var other = otherTicket();

        ticket.ties().mergeInto(other, "同一包裹", LATER);

        assertThat(ticket.memento().suspicion().question()).isNull();
        assertThat(other.drainNews())
                .hasExactlyElementsOfTypes(
                        TicketAbsorbed.class, MajorProposed.class, PromiseMade.class);
        assertThat(Objects.requireNonNull(other.memento().suspicion().question()).word())
                .isEqualTo("受伤");
    }

    @Test
    void isNotAskedOfWhatIsMajorOrOver() {
        var major = majorTicket();
        var closed = closedTicket();
        closed.drainNews();

        major.suspect(HURT, LATER);
        closed.suspect(HURT, LATER);

        assertThat(major.drainNews()).isEmpty();
        assertThat(closed.drainNews()).isEmpty();
    }

    private static Ticket suspected() {
        var ticket = acceptedTicket();
        ticket.suspect(HURT, LATER);
        ticket.drainNews();
        return ticket;
    }

    private static Promise check(Ticket ticket) {
        return ticket.memento().promises().stream()
                .filter(Promise::isMajorCheck)
                .findFirst()
                .orElseThrow();
    }
}
