package io.gendan.escalation;

import static io.gendan.escalation.WatchFixtures.TARGETS;
import static io.gendan.escalation.WatchFixtures.clocks;
import static io.gendan.escalation.WatchFixtures.raised;
import static io.gendan.events.ClockKind.RESOLUTION;
import static io.gendan.events.ClockKind.WAITING;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.Authority;
import io.gendan.events.AuthoritySource;
import io.gendan.events.Channel;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.TicketEvent;
import io.gendan.events.WaitingReason;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/** A letter that was told wrongly, or is another ticket's: by when an answer is owed follows. */
@EscalationTest
class LetterTests {

    private static final Instant OPENED = Instant.parse("2026-11-10T02:00:00Z");
    private static final Instant CAME = Instant.parse("2026-11-20T03:00:00Z");
    private static final Instant LATER = Instant.parse("2026-11-23T03:00:00Z");

    @Autowired Policies policies;
    @Autowired Told told;
    @Autowired Watches watches;

    private final TicketTold ticket = new TicketTold();

    @Test
    void anotherDayOfArrivalIsCountedFrom() {
        var corrected = heard(withLetter(), ticket.asksAnAuthority(letter(day(17), null), LATER));

        assertThat(deadline(corrected).dueAt()).isEqualTo("2026-12-01T16:00:00Z");
        assertThat(deadline(corrected).isRunning()).isTrue();
        assertThat(corrected.clocks())
                .filteredOn(one -> one.kind() == RESOLUTION && one.isOpen())
                .hasSize(1);
    }

    @Test
    void theDayThatItNamesIsTheDeadlineThoughAnEarlierOnePassed() {
        var targets = policies.of("2026.9");
        var passed = deadline(withLetter()).dueAt();
        var overdue = Firing.of(withLetter(), passed, targets).watch();
        assertThat(overdue.overdueSince()).isEqualTo(passed);

        var extended =
                heard(
                        overdue,
                        ticket.asksAnAuthority(
                                letter(day(20), LocalDate.of(2027, 1, 22)), passed.plusSeconds(1)));

        assertThat(deadline(extended).dueAt()).isEqualTo("2027-01-22T16:00:00Z");
        assertThat(deadline(extended).basis()).isEqualTo("authority=PLATFORM_12315 letter");
        assertThat(extended.overdueSince()).isNull();
    }

    @Test
    void whatWasFiledAnswersItAllTheSame() {
        var filed = heard(withLetter(), ticket.files(LATER));

        var corrected =
                heard(filed, ticket.asksAnAuthority(letter(day(19), null), LATER.plusSeconds(1)));

        assertThat(deadline(corrected).state()).isEqualTo(ClockState.STOPPED);
        assertThat(corrected.standing().filed()).isTrue();
    }

    @Test
    void whatWasFiledBeforeAnybodyNamedItAnswersItToo() {
        var unnamed =
                ticket.created(
                        Kind.COMPLAINT,
                        Priority.NORMAL,
                        Channel.APP,
                        Major.REGULATOR,
                        false,
                        null,
                        OPENED);
        var filed = heard(Watch.of(unnamed, policies.of("2026.9")), ticket.files(CAME));

        var named = heard(filed, ticket.asksAnAuthority(letter(day(10), null), LATER));

        assertThat(named.standing().filed()).isTrue();
        assertThat(deadline(named).state()).isEqualTo(ClockState.STOPPED);
    }

    @Test
    void withoutItATicketIsToBeSolvedAsIfNoneHadCome() {
        var plain = Watch.of(created(), policies.of("2026.9"));

        var watch = heard(withLetter(), ticket.isNoAuthoritys(LATER));

        assertThat(watch.facts().authority()).isNull();
        assertThat(deadline(watch).isRunning()).isTrue();
        assertThat(deadline(watch).dueAt()).isEqualTo(deadline(plain).dueAt());
        var waits = ticket.waits(WaitingReason.CUSTOMER, OPENED.plusSeconds(60));
        var early = heard(plain, ticket.asksAnAuthority(letter(day(10), null), OPENED));
        var rests = heard(early, ticket.isNoAuthoritys(OPENED.plusSeconds(30)), waits);
        assertThat(deadline(rests).state()).isEqualTo(ClockState.PAUSED);
    }

    @Test
    void withoutItATicketHasTheRestsThatItHadBeforeAndEachOfThemOnce() {
        var rested =
                TicketTold.watch(
                        TARGETS,
                        created(),
                        ticket.answered(OPENED.plusSeconds(60)),
                        ticket.waits(WaitingReason.CUSTOMER, hours(1)),
                        ticket.goesOn(hours(71)),
                        ticket.asksAnAuthority(letter(day(13), null), hours(75)),
                        ticket.isNoAuthoritys(hours(75).plusSeconds(300)));

        assertThat(deadline(rested).dueAt()).isEqualTo(hours(142));
        assertThat(deadline(rested).isRunning()).isTrue();
        assertThat(raised(Firing.of(rested, hours(75).plusSeconds(300), TARGETS))).isEmpty();

        var again =
                TicketTold.heard(
                        rested,
                        TARGETS,
                        ticket.asksAnAuthority(letter(day(13), null), hours(76)),
                        ticket.isNoAuthoritys(hours(77)),
                        ticket.waits(WaitingReason.CUSTOMER, hours(78)));

        assertThat(clocks(again, WAITING).getLast().target()).isEqualTo(Duration.ofHours(2));
        assertThat(deadline(again).remaining()).isEqualTo(Duration.ofHours(64));
    }

    @Test
    void whatWasFiledForItIsForgottenWithIt() {
        var watch = heard(withLetter(), ticket.files(LATER), ticket.isNoAuthoritys(LATER));

        assertThat(watch.standing().filed()).isFalse();
        assertThat(deadline(watch).isRunning()).isTrue();
    }

    @Test
    void isKeptAsItWasToldLast() {
        var at = Instant.parse("2025-03-03T02:00:00Z");
        told.hear(ticket.created(Kind.COMPLAINT, Priority.NORMAL, at));

        told.hear(
                ticket.asksAnAuthority(letter(LocalDate.of(2025, 3, 3), null), at.plusSeconds(1)));
        assertThat(kept()).isEqualTo(letter(LocalDate.of(2025, 3, 3), null));

        told.hear(ticket.isNoAuthoritys(at.plusSeconds(2)));
        assertThat(kept()).isNull();
        told.hear(ticket.closed(at.plus(Duration.ofSeconds(3))));
    }

    private @Nullable Authority kept() {
        return watches.find(ticket.id).orElseThrow().facts().authority();
    }

    private Watch withLetter() {
        return heard(
                Watch.of(created(), policies.of("2026.9")),
                ticket.assigned("agent-south-1", OPENED.plusSeconds(1)),
                ticket.asksAnAuthority(letter(day(20), null), CAME));
    }

    private TicketEvent.TicketCreated created() {
        return ticket.created(Kind.COMPLAINT, Priority.NORMAL, OPENED);
    }

    private Watch heard(Watch before, TicketEvent... events) {
        var watch = before;
        for (var event : events) {
            watch = watch.after(event, policies.of("2026.9"));
        }
        return watch;
    }

    private static Authority letter(LocalDate arrivedOn, @Nullable LocalDate dueOn) {
        return new Authority(AuthoritySource.PLATFORM_12315, "118", arrivedOn, dueOn);
    }

    private static Instant hours(int afterItWasOpened) {
        return OPENED.plus(Duration.ofHours(afterItWasOpened));
    }

    private static LocalDate day(int ofNovember) {
        return LocalDate.of(2026, 11, ofNovember);
    }

    private static Clock deadline(Watch watch) {
        return watch.clocks().stream()
                .filter(clock -> clock.kind() == RESOLUTION)
                .reduce((_, last) -> last)
                .orElseThrow();
    }
}
