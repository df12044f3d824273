package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.XU;
import static io.gendan.ticket.TicketFixtures.newTicket;
import static io.gendan.ticket.TicketFixtures.personalDataTicket;
import static io.gendan.ticket.TicketFixtures.replayed;
import static io.gendan.ticket.TicketFixtures.solution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gendan.api.Problem;
import io.gendan.events.Authority;
import io.gendan.events.AuthoritySource;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.ticket.rules.Procedure.Deed;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;

/** What a letter says may have been told wrongly, and it may be another ticket's. */
class LetterTests {

    private static final Instant LATER = NOON.plusSeconds(100);
    private static final LocalDate ARRIVED = LocalDate.of(2026, 11, 20);
    private static final Authority LETTER =
            new Authority(AuthoritySource.PLATFORM_12315, "G1", ARRIVED, null);
    private static final Authority CORRECTED =
            new Authority(
                    AuthoritySource.PLATFORM_12315,
                    "G2",
                    ARRIVED.minusDays(1),
                    LocalDate.of(2026, 12, 10));

    @Test
    void whatItSaysIsToldAnewAndWhatWasFiledStands() {
        var ticket = withLetter();
        file(ticket);
        ticket.drainNews();

        ticket.change(carrying(ticket, CORRECTED, Major.REGULATOR), "编号录错", LATER);

        assertThat(ticket.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        FactsChanged.class,
                        changed -> {
                            assertThat(changed.authority()).isEqualTo(CORRECTED);
                            assertThat(changed.noAuthority()).isNull();
                            assertThat(changed.reason()).isEqualTo("编号录错");
                        });
        assertThat(ticket.authority()).isEqualTo(CORRECTED);
        assertThat(ticket.memento().work().has(Deed.FILE)).isTrue();
    }

    @Test
    void ofAnotherSourceItIsAnotherLetter() {
        var ticket = withLetter();
        var other = new Authority(AuthoritySource.HOTLINE_12345, "G1", ARRIVED, null);

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(
                        () -> ticket.change(carrying(ticket, other, Major.REGULATOR), "录错", LATER))
                .withMessageContaining("authority-known");
    }

    @Test
    void withoutItATicketEndsAsOthersDoAndNothingIsFiledForIt() {
        var ticket = withLetter();
        file(ticket);

        ticket.change(carrying(ticket, null, null), "来函属另一工单", LATER);

        assertThat(ticket.authority()).isNull();
        assertThat(ticket.endsByFiling()).isFalse();
        ticket.resolve(XU, solution("已换货"), LATER);
        assertThat(ticket.status()).isEqualTo(TicketStatus.RESOLVED);
        ticket.confirm(LATER);
        assertThat(ticket.status()).isEqualTo(TicketStatus.CLOSED);
    }

    @Test
    void anotherThatComesThenIsAnsweredByItself() {
        var ticket = withLetter();
        file(ticket);
        ticket.change(carrying(ticket, null, null), "来函属另一工单", LATER);
        var other = new Authority(AuthoritySource.HOTLINE_12345, "H1", ARRIVED, null);

        ticket.change(carrying(ticket, other, Major.REGULATOR), "12345 转来", LATER);
        ticket.resolve(XU, solution("已换货"), LATER);

        assertThat(ticket.status()).isEqualTo(TicketStatus.RESOLVED);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ticket.confirm(LATER))
                .withMessageContaining("answer-to-file");
    }

    @Test
    void aRequestAboutPersonalDataMayBeNone() {
        var ticket = personalDataTicket();

        ticket.change(carrying(ticket, null, null), "客户只是询问", LATER);

        assertThat(ticket.endsByFiling()).isFalse();
        assertThat(ticket.memento().facts().kind()).isEqualTo(Kind.REQUEST);
    }

    @Test
    void replayingTheLogGivesTheSame() {
        var ticket = newTicket();
        ticket.assign(TicketFixtures.choice(ticket, 1, XU), NOON);
        ticket.accept(XU, NOON);
        ticket.change(carrying(ticket, LETTER, Major.REGULATOR), "12315 转来", LATER);
        ticket.change(carrying(ticket, CORRECTED, Major.REGULATOR), "编号录错", LATER);
        file(ticket);
        ticket.change(carrying(ticket, null, null), "来函属另一工单", LATER);

        assertThat(replayed(ticket)).isEqualTo(ticket.memento());
    }

    private static Ticket withLetter() {
        var ticket = TicketFixtures.acceptedTicket();
        ticket.change(carrying(ticket, LETTER, Major.REGULATOR), "12315 转来", NOON.plusSeconds(10));
        return ticket;
    }

    private static void file(Ticket ticket) {
        ticket.answer(TicketFixtures.said(TicketFixtures.ANSWER, "已联系商家"), XU, LATER);
        ticket.file(XU, "已和解", ARRIVED.plusDays(1), null, LATER);
    }

    private static Facts carrying(
            Ticket ticket, @Nullable Authority letter, @Nullable Major major) {
        var facts = ticket.memento().facts();
        return new Facts(
                facts.kind(),
                facts.phase(),
                facts.category(),
                facts.priority(),
                major,
                facts.region(),
                facts.claim(),
                letter,
                facts.taxonomy());
    }
}
