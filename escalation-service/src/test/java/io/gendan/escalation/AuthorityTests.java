package io.gendan.escalation;

import static io.gendan.escalation.TicketTold.heard;
import static io.gendan.escalation.WatchFixtures.raised;
import static io.gendan.events.ClockKind.CLOSING;
import static io.gendan.events.ClockKind.CONFIRMATION;
import static io.gendan.events.ClockKind.FIRST_RESPONSE;
import static io.gendan.events.ClockKind.RESOLUTION;
import static io.gendan.events.ClockKind.TIER_RESOLUTION;
import static io.gendan.events.ClockKind.TIER_RESPONSE;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.escalation.calendar.Calendar;
import io.gendan.events.Authority;
import io.gendan.events.AuthoritySource;
import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.EmergencyKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.TicketEvent;
import io.gendan.events.WaitingReason;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** Deadlines of what ends with a filed answer, by the shipped policy and calendars. */
@EscalationTest
class AuthorityTests {

    @Autowired ClockFiring firing;
    @Autowired SettableTime time;
    @Autowired Policies policies;
    @Autowired Told told;
    @Autowired Watches watches;

    private final TicketTold ticket = new TicketTold();

    /**
     * Over a weekend, over National Day with a moved Saturday, over a new year with a moved Sunday.
     */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    PLATFORM_12315,  2026-11-20T02:00:00Z, 2026-11-20, 2026-12-04T16:00:00Z
                    PLATFORM_12315,  2026-11-21T02:00:00Z, 2026-11-21, 2026-12-04T16:00:00Z
                    PLATFORM_12315,  2026-11-23T02:00:00Z, 2026-11-20, 2026-12-04T16:00:00Z
                    PLATFORM_12315,  2026-09-29T02:00:00Z, 2026-09-29, 2026-10-19T16:00:00Z
                    HOTLINE_12345,   2025-12-30T02:00:00Z, 2025-12-30, 2026-01-05T16:00:00Z
                    POST_12305,      2026-11-20T02:00:00Z, 2026-11-20, 2026-11-27T16:00:00Z
                    ASSOCIATION,     2026-11-20T02:00:00Z, 2026-11-20, 2026-12-04T16:00:00Z
                    """)
    void endsWithTheLastWorkingDayAfterArrival(
            AuthoritySource source, Instant opened, LocalDate arrived, Instant due) {
        var watch = watch(opened, new Authority(source, "118", arrived, null));

        assertThat(clock(watch, RESOLUTION).dueAt()).isEqualTo(due);
        assertThat(clock(watch, RESOLUTION).calendar().code()).isEqualTo("WORKDAYS");
        assertThat(clock(watch, RESOLUTION).basis()).isEqualTo("authority=" + source);
    }

    @Test
    void doesNotRestWhileWeWaitForTheCustomer() {
        var opened = Instant.parse("2026-11-20T02:00:00Z");
        var letter =
                new Authority(
                        AuthoritySource.PLATFORM_12315, "118", LocalDate.parse("2026-11-20"), null);

        var watch =
                watch(
                        opened,
                        letter,
                        ticket.assigned("escalation-3-1", opened.plusSeconds(1)),
                        ticket.waits(WaitingReason.CUSTOMER, opened.plusSeconds(2)));

        assertThat(clock(watch, RESOLUTION).isRunning()).isTrue();
        assertThat(clock(watch, RESOLUTION).pauses()).isEmpty();
    }

    @Test
    void givesItsThirdTierItsOwnTargetAndTheCustomerACall() {
        var opened = Instant.parse("2026-11-20T02:00:00Z");
        var letter = letter(null);
        var watch =
                watch(
                        opened,
                        letter,
                        ticket.escalated(3, EscalationCause.MAJOR, opened, opened.plusSeconds(1)));

        assertThat(clock(watch, FIRST_RESPONSE).dueAt()).isEqualTo("2026-11-20T06:00:00Z");
        assertThat(clock(watch, TIER_RESOLUTION).dueAt()).isEqualTo("2026-11-27T16:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({"PLATFORM_12315", "HOTLINE_12345", "COURT_MEDIA"})
    void runsOnAfterTheResolutionUntilTheAnswerIsFiled(AuthoritySource source) {
        var opened = Instant.parse("2026-11-20T02:00:00Z");
        var letter = new Authority(source, "118", day(20), null);
        var before = clock(watch(opened, letter), RESOLUTION);

        var resolved = watch(opened, letter, ticket.resolved(opened.plusSeconds(60)));
        assertThat(clock(resolved, RESOLUTION)).isEqualTo(before);
        var filed = resolved.after(ticket.files(opened.plusSeconds(90)), policies.of("2026.5"));
        assertThat(clock(filed, RESOLUTION).state()).isEqualTo(ClockState.STOPPED);
        var again = filed.after(ticket.reopened(opened.plusSeconds(120)), policies.of("2026.5"));
        assertThat(clock(again, RESOLUTION)).isEqualTo(clock(filed, RESOLUTION));
    }

    @Test
    void isOverdueThoughResolvedUntilTheAnswerIsFiled() {
        var targets = policies.of("2026.7");
        var opened = Instant.parse("2026-11-20T02:00:00Z");
        var resolved = watch(opened, letter(null), ticket.resolved(opened.plusSeconds(60)));
        var due = clock(resolved, RESOLUTION).dueAt();
        var overdue = Firing.of(resolved, due, targets).watch();
        assertThat(resolved.overdueSince()).isNull();
        assertThat(overdue.overdueSince()).isEqualTo(due);

        var filedAt = due.plusSeconds(60);
        var filed = overdue.after(ticket.files(filedAt), targets);

        assertThat(filed.isDueAs(overdue)).isFalse();
        assertThat(filed.earliest()).isEqualTo(overdue.earliest());
        assertThat(filed.dueChangedSince(overdue, filedAt))
                .hasValueSatisfying(told -> assertThat(told.overdueSince()).isNull());
    }

    @Test
    void raisesWhatIsResolvedWhenItsDeadlinePasses() {
        var targets = policies.of("2026.7");
        var opened = Instant.parse("2026-11-20T02:00:00Z");
        var resolved =
                watch(
                        opened,
                        letter(null),
                        ticket.escalated(3, EscalationCause.MAJOR, opened, opened.plusSeconds(1)),
                        ticket.resolved(opened.plusSeconds(60)));
        var due = clock(resolved, RESOLUTION).dueAt();

        assertThat(raised(Firing.of(resolved, due.minusNanos(1_000), targets))).isEmpty();
        var firing = Firing.of(resolved, due, targets);

        assertThat(raised(firing))
                .containsExactly(
                        new EscalationRaised(
                                ticket.id,
                                ticket.stay(),
                                due,
                                Firing.escalationId(ticket.id, ticket.stay()),
                                3,
                                4,
                                EscalationCause.TIME,
                                RESOLUTION,
                                due));
        assertThat(raised(Firing.of(firing.watch(), due.plusSeconds(60), targets))).isEmpty();
        var climbed =
                firing.watch()
                        .after(ticket.reopened(due.plusSeconds(1)), targets)
                        .after(
                                ticket.escalated(4, EscalationCause.TIME, due, due.plusSeconds(1)),
                                targets);
        assertThat(climbed.standing().raisedInThisStay()).isFalse();
        assertThat(clock(climbed, TIER_RESOLUTION).isRunning()).isTrue();
    }

    @Test
    void climbsByItsDeadlineThoughAClimbWasRefusedBefore() {
        var targets = policies.of("2026.7");
        var opened = Instant.parse("2026-11-20T02:00:00Z");
        var raised = raisedAtTierThree(opened, targets);
        var refused =
                heard(
                        raised,
                        targets,
                        ticket.resolved(opened.plusSeconds(7260)),
                        ticket.refused(ticket.stay(), opened.plusSeconds(7261)));
        var due = clock(refused, RESOLUTION).dueAt();

        assertThat(raised(Firing.of(refused, due.minusNanos(1_000), targets))).isEmpty();
        var firing = Firing.of(refused, due, targets);

        assertThat(raised(firing))
                .singleElement()
                .satisfies(
                        again -> {
                            assertThat(again.clock()).isEqualTo(RESOLUTION);
                            assertThat(again.dueAt()).isEqualTo(due);
                            assertThat(again.toTier()).isEqualTo(4);
                        });
        assertThat(firing.watch().standing().raisedInThisStay()).isTrue();
    }

    /** Nothing is known of what became of a climb while the broker is away. */
    @Test
    void climbsByADeadlineThatPassedWhileAClimbWasOnItsWay() {
        var targets = policies.of("2026.7");
        var opened = Instant.parse("2026-11-20T02:00:00Z");
        var raised = raisedAtTierThree(opened, targets);
        var due = clock(raised, RESOLUTION).dueAt();
        var late = due.plusSeconds(60);
        var passed = Firing.of(raised, due, targets);
        assertThat(raised(passed)).isEmpty();
        assertThat(Firing.of(passed.watch(), late, targets).events()).isEmpty();

        var resolved = heard(passed.watch(), targets, ticket.resolved(due.plusSeconds(61)));
        assertThat(raised(Firing.of(resolved, due.plusSeconds(62), targets))).isEmpty();
        var refused = heard(resolved, targets, ticket.refused(ticket.stay(), due.plusSeconds(63)));
        var firing = Firing.of(refused, due.plusSeconds(63), targets);

        assertThat(raised(firing))
                .singleElement()
                .satisfies(again -> assertThat(again.dueAt()).isEqualTo(due));
        var refusedAgain =
                heard(firing.watch(), targets, ticket.refused(ticket.stay(), due.plusSeconds(64)));
        assertThat(raised(Firing.of(refusedAgain, due.plusSeconds(65), targets))).isEmpty();
    }

    @Test
    void climbsOnceWhenItsDeadlinePassesWhileItClimbs() {
        var targets = policies.of("2026.7");
        var opened = Instant.parse("2026-11-20T02:00:00Z");
        var raised = raisedAtTierThree(opened, targets);
        var due = clock(raised, RESOLUTION).dueAt();

        var climbed =
                heard(
                        Firing.of(raised, due, targets).watch(),
                        targets,
                        ticket.escalated(4, EscalationCause.TIME, due, due.plusSeconds(1)));

        assertThat(clock(climbed, RESOLUTION).state()).isEqualTo(ClockState.ELAPSED);
        assertThat(Firing.of(climbed, due.plusSeconds(2), targets).events()).isEmpty();
    }

    /** A ticket that is resolved meanwhile takes no other climb. */
    @Test
    void climbsByItsDeadlineBeforeAnythingElseThatIsOverdue() {
        var targets = policies.of("2026.7");
        var opened = Instant.parse("2026-11-20T02:00:00Z");
        var watch = atTierThree(opened, targets);
        var due = clock(watch, RESOLUTION).dueAt();

        assertThat(raised(Firing.of(watch, due, targets)))
                .singleElement()
                .satisfies(raised -> assertThat(raised.clock()).isEqualTo(RESOLUTION));
    }

    /** It comes back to work, and the deadline is looked at anew. */
    @Test
    void climbsInTheNextStayByADeadlineThatPassedWhileItCameBack() {
        var targets = policies.of("2026.7");
        var opened = Instant.parse("2026-11-20T02:00:00Z");
        var raised = raisedAtTierThree(opened, targets);
        var due = clock(raised, RESOLUTION).dueAt();

        var reopened =
                heard(
                        Firing.of(raised, due, targets).watch(),
                        targets,
                        ticket.resolved(due.plusSeconds(1)),
                        ticket.reopened(due.plusSeconds(2)));

        assertThat(raised(Firing.of(reopened, due.plusSeconds(3), targets)))
                .singleElement()
                .satisfies(again -> assertThat(again.stay()).isEqualTo(ticket.stay()));
    }

    @Test
    void keepsOneRecordOfAStaysClimb() {
        var at = Instant.parse("2025-03-03T02:00:00Z");
        told.hear(created(at, letter(LocalDate.of(2025, 3, 20))));
        told.hear(ticket.escalated(3, EscalationCause.MAJOR, at, at.plusSeconds(1)));
        time.at(at.plusSeconds(7200), firing::run);
        told.hear(ticket.resolved(at.plusSeconds(7201)));
        firing.run();
        assertThat(raisedClocks()).containsExactly(TIER_RESPONSE);

        told.hear(ticket.refused(ticket.stay(), at.plusSeconds(7202)));
        firing.run();
        firing.run();

        assertThat(raisedClocks()).containsExactly(TIER_RESPONSE, RESOLUTION);
        var escalation = told.escalation(Firing.escalationId(ticket.id, ticket.stay()));
        assertThat(escalation.state()).isEqualTo(EscalationState.RAISED);
        assertThat(escalation.clock()).isEqualTo(RESOLUTION);
        assertThat(escalation.dueAt()).isEqualTo("2025-03-20T16:00:00Z");
        assertThat(escalation.settledBecause()).isNull();
        told.hear(ticket.refused(ticket.stay(), at.plusSeconds(7203)));
        firing.run();
        assertThat(raisedClocks()).hasSize(2);
        told.hear(ticket.closed(at.plusSeconds(7204)));
    }

    private List<@Nullable ClockKind> raisedClocks() {
        return told.raised(ticket.id).stream()
                .filter(raised -> raised.cause() == EscalationCause.TIME)
                .<@Nullable ClockKind>map(EscalationRaised::clock)
                .toList();
    }

    private Watch atTierThree(Instant opened, Targets targets) {
        return heard(
                Watch.of(created(opened, letter(null)), targets),
                targets,
                ticket.escalated(3, EscalationCause.MAJOR, opened, opened.plusSeconds(1)));
    }

    private Watch raisedAtTierThree(Instant opened, Targets targets) {
        var unclaimed = Firing.of(atTierThree(opened, targets), opened.plusSeconds(7200), targets);
        assertThat(raised(unclaimed)).hasSize(1);
        return unclaimed.watch();
    }

    @Test
    void endsWithTheDayThatTheLetterNames() {
        var opened = Instant.parse("2026-11-20T02:00:00Z");
        var watch = watch(opened, letter(LocalDate.of(2026, 12, 13)));

        var clock = clock(watch, RESOLUTION);
        assertThat(clock.dueAt()).isEqualTo("2026-12-13T16:00:00Z");
        assertThat(clock.basis()).isEqualTo("authority=PLATFORM_12315 letter");
        assertThat(watch.under(policies.of("2026.5"), opened.plusSeconds(60)).clocks())
                .contains(clock);
    }

    @Test
    void countsNothingOfTheDayOfArrivalAlsoWhenItRestsThen() {
        var opened = Instant.parse("2026-11-19T02:00:00Z");
        var watch = watch(opened, new Authority(AuthoritySource.HOTLINE_12345, "1", day(19), null));
        var clock = clock(watch, RESOLUTION);

        var rested = clock.pause(opened.plusSeconds(60), "CUSTOMER").resume(opened.plusSeconds(90));

        assertThat(clock.startedAt()).isEqualTo("2026-11-19T16:00:00Z");
        assertThat(clock.dueAt()).isEqualTo("2026-11-24T16:00:00Z");
        assertThat(rested.dueAt()).isEqualTo(clock.dueAt());
    }

    @Test
    void keepsTheLetterWithTheTicket() {
        var at = Instant.parse("2025-03-03T02:00:00Z");
        var created = created(at, letter(LocalDate.of(2025, 3, 20)));

        told.hear(created);

        var kept = watches.find(ticket.id).orElseThrow();
        assertThat(kept.facts()).isEqualTo(Facts.of(created, "2026.9"));
        told.hear(ticket.closed(at.plusSeconds(5)));
    }

    @ParameterizedTest
    @CsvSource({
        ", 2026-12-04T16:00:00Z, 2026-11-20T16:00:00Z",
        "2026-12-13, 2026-12-13T16:00:00Z, 2026-11-10T02:00:00Z"
    })
    void countsFromTheLetterThatComesLater(LocalDate dueOn, Instant due, Instant from) {
        var targets = policies.of("2026.7");
        var opened = Instant.parse("2026-11-10T02:00:00Z");
        var came = Instant.parse("2026-11-20T03:00:00Z");
        var plain = ticket.created(Kind.COMPLAINT, Priority.NORMAL, opened);
        var late = Watch.of(plain, targets);
        for (var event :
                List.of(
                        ticket.assigned("agent-south-1", opened.plusSeconds(1)),
                        ticket.waits(WaitingReason.CUSTOMER, opened.plusSeconds(2)),
                        ticket.asksAnAuthority(letter(dueOn), came))) {
            late = late.after(event, targets);
        }

        var clock = clock(late, RESOLUTION);
        assertThat(late.facts().authority()).isEqualTo(letter(dueOn));
        assertThat(clock.isRunning()).isTrue();
        assertThat(clock.startedAt()).isEqualTo(from);
        assertThat(clock.dueAt()).isEqualTo(due);
        assertThat(late.clocks())
                .filteredOn(one -> one.kind() == RESOLUTION && one.isOpen())
                .containsExactly(clock);
        var again = late.after(ticket.asksAnAuthority(letter(dueOn), came.plusSeconds(9)), targets);
        assertThat(clock(again, RESOLUTION)).isEqualTo(clock);
    }

    /** Over a weekend, and over National Day with a moved Saturday. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-20T02:00:00Z, 2026-11-27T16:00:00Z, 2026-12-11T16:00:00Z",
        "2026-09-29T02:00:00Z, 2026-10-12T16:00:00Z, 2026-10-26T16:00:00Z"
    })
    void answersWhoAsksAboutTheirDataInFifteenWorkingDays(
            Instant opened, Instant own, Instant due) {
        var targets = policies.of("2026.9");
        var begun =
                Firing.whenPassedOver(
                        Watch.of(aboutPersonalData(null, opened), targets), opened, targets);

        assertThat(raised(begun))
                .singleElement()
                .satisfies(
                        raised -> {
                            assertThat(raised.toTier()).isEqualTo(3);
                            assertThat(raised.cause()).isEqualTo(EscalationCause.PASSED_OVER);
                        });
        var at = opened.plusSeconds(1);
        var climbed =
                heard(
                        begun.watch(),
                        targets,
                        ticket.escalated(3, EscalationCause.PASSED_OVER, opened, at));
        assertThat(clock(climbed, TIER_RESOLUTION).dueAt()).isEqualTo(own);
        assertThat(clock(climbed, RESOLUTION).dueAt()).isEqualTo(due);
        assertThat(clock(climbed, RESOLUTION).basis()).isEqualTo("authority=PERSONAL_DATA");

        var resolved = heard(climbed, targets, ticket.resolved(opened.plusSeconds(60)));
        assertThat(clock(resolved, RESOLUTION)).isEqualTo(clock(climbed, RESOLUTION));
        assertThat(resolved.clocks()).extracting(Clock::kind).doesNotContain(CONFIRMATION);
        assertThat(clock(resolved, CLOSING).isRunning()).isTrue();
        var filed = heard(resolved, targets, ticket.files(opened.plusSeconds(90)));
        assertThat(clock(filed, RESOLUTION).state()).isEqualTo(ClockState.STOPPED);
    }

    /** As whatever is major so: whoever decides at once has it. */
    @ParameterizedTest
    @EnumSource(
            value = Major.class,
            names = {"SAFETY", "MEDIA", "MASS"})
    void takesWhatIsMajorAboutPersonalDataToTheLastTier(Major major) {
        var targets = policies.of("2026.9");
        var opened = Instant.parse("2026-11-20T02:00:00Z");
        var watch = Watch.of(aboutPersonalData(major, opened), targets);

        assertThat(raised(Firing.whenPassedOver(watch, opened, targets)))
                .singleElement()
                .satisfies(
                        raised -> {
                            assertThat(raised.toTier()).isEqualTo(4);
                            assertThat(raised.cause()).isEqualTo(EscalationCause.MAJOR);
                        });
    }

    /** The disaster is everywhere and for all, but the law's time runs in it. */
    @Test
    void restsARequestAboutPersonalDataInNoEmergency() {
        var opened = Instant.parse("2026-11-20T02:00:00Z");
        var flood =
                new Emergency(
                        new UUID(0, 1),
                        1,
                        EmergencyKind.DISASTER,
                        "flood",
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new Emergency.Span(opened, opened.plusSeconds(3600))),
                        "supervisor-1",
                        opened,
                        null);
        var plain = ticket.created(Kind.REQUEST, Priority.NORMAL, opened);
        var byLaw = aboutPersonalData(null, opened);

        assertThat(flood.concerns(Facts.of(plain, "2026.7"), Place.UNKNOWN)).isTrue();
        assertThat(flood.concerns(Facts.of(byLaw, "2026.7"), Place.UNKNOWN)).isFalse();
    }

    private TicketEvent.TicketCreated aboutPersonalData(@Nullable Major major, Instant at) {
        var arrivedOn = at.atZone(Calendar.CHINA).toLocalDate();
        var kind = major == null ? Kind.REQUEST : Kind.COMPLAINT;
        var request = new Authority(AuthoritySource.PERSONAL_DATA, "T-1", arrivedOn, null);
        return ticket.created(kind, Priority.NORMAL, Channel.APP, major, false, request, at);
    }

    private Watch watch(Instant opened, Authority letter, TicketEvent... later) {
        var targets = policies.of("2026.5");
        var watch = Watch.of(created(opened, letter), targets);
        for (var event : later) {
            watch = watch.after(event, targets);
        }
        return watch;
    }

    private TicketEvent.TicketCreated created(Instant at, Authority letter) {
        return ticket.created(
                Kind.COMPLAINT, Priority.HIGH, Channel.APP, Major.REGULATOR, false, letter, at);
    }

    private static Authority letter(LocalDate dueOn) {
        return new Authority(AuthoritySource.PLATFORM_12315, "118", day(20), dueOn);
    }

    private static LocalDate day(int ofNovember) {
        return LocalDate.of(2026, 11, ofNovember);
    }

    private static Clock clock(Watch watch, ClockKind kind) {
        return watch.clocks().stream()
                .filter(clock -> clock.kind() == kind)
                .reduce((_, last) -> last)
                .orElseThrow();
    }
}
