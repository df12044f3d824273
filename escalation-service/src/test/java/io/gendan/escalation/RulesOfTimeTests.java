package io.gendan.escalation;

import static io.gendan.events.ClockKind.RESOLUTION;
import static io.gendan.events.ClockKind.TIER_RESOLUTION;
import static io.gendan.events.ClockKind.TIER_RESPONSE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.api.Caller;
import io.gendan.api.Role;
import io.gendan.events.ClockKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.Topics;
import io.gendan.messaging.DatabaseClock;
import io.gendan.messaging.testing.RealBroker;
import io.micrometer.core.instrument.MeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The four rules of time, each on the real parts of the service. */
@EscalationTest
class RulesOfTimeTests {

    /** When the policy of the tests is in force, and before what other tests leave behind. */
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private static final Caller LEADER =
            new Caller("supervisor-1", "Wang", Set.of(Role.SUPERVISOR));

    @Autowired ClockFiring firing;
    @Autowired Watches watches;
    @Autowired Escalations escalations;
    @Autowired PolicyDesk policies;
    @Autowired Told told;
    @Autowired SettableTime time;
    @Autowired DatabaseClock clock;
    @Autowired TransactionOperations transaction;
    @Autowired JdbcTemplate jdbc;
    @Autowired MeterRegistry meters;

    private final List<TicketTold> tickets = new ArrayList<>();

    /** What a test left open would run out before the other tests. */
    @AfterEach
    void close() {
        transaction.executeWithoutResult(
                _ -> tickets.forEach(ticket -> told.hear(ticket.closed(clock.now()))));
    }

    @Nested
    class IsAsExactAsPossible {

        private final TicketTold ticket = ticket();
        private final Instant due = START.plus(Duration.ofHours(1));

        @BeforeEach
        void begin() {
            told.hear(ticket.created(Kind.REQUEST, Priority.NORMAL, START));
        }

        @Test
        void raisesNotAMicrosecondBeforeTheDueTime() {
            fireAt(due.minusNanos(1_000));
            assertThat(raised(ticket)).isEmpty();

            fireAt(due);
            assertThat(raised(ticket))
                    .singleElement()
                    .satisfies(
                            raised -> {
                                assertThat(raised.dueAt()).isEqualTo(due);
                                assertThat(raised.at()).isEqualTo(due);
                            });
        }

        @Test
        void recordsHowLateItRaised() {
            var histogram = meters.get("gendan.lateness.raised").timer();
            var count = histogram.count();
            var total = histogram.totalTime(TimeUnit.MICROSECONDS);

            fireAt(due.plusMillis(7_250));

            var raised = raised(ticket).getFirst();
            assertThat(Duration.between(raised.dueAt(), raised.at())).hasMillis(7_250);
            var kept = escalations.find(raised.escalationId()).orElseThrow();
            assertThat(Duration.between(kept.dueAt(), kept.raisedAt())).hasMillis(7_250);
            assertThat(histogram.count()).isEqualTo(count + 1);
            assertThat(histogram.totalTime(TimeUnit.MICROSECONDS) - total).isEqualTo(7_250_000);
            assertThat(histogram.takeSnapshot().histogramCounts()).isNotEmpty();
        }
    }

    @Test
    void raisesNothingTooEarlyAndForgetsNothingWhileTimeRuns() {
        var start = clock.now();
        var many = IntStream.range(0, 150).mapToObj(_ -> ticket()).toList();
        transaction.executeWithoutResult(
                _ -> {
                    for (int i = 0; i < many.size(); i++) {
                        var created = start.plusMillis(5L * i);
                        told.hear(many.get(i).created(Kind.CONSULTATION, Priority.NORMAL, created));
                    }
                });

        await().atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(
                        () -> {
                            firing.run();
                            assertThat(saidTooEarly()).isZero();
                            return many.stream().allMatch(due -> !raised(due).isEmpty());
                        });

        assertThat(many)
                .allSatisfy(
                        due ->
                                assertThat(raised(due))
                                        .singleElement()
                                        .satisfies(
                                                raised ->
                                                        assertThat(raised.at())
                                                                .isAfterOrEqualTo(raised.dueAt())));
    }

    @Nested
    class IsOnceAStay {

        private final Instant due = START.plusSeconds(1);

        @Test
        void howeverManyInstancesFireAtTheSameTime() throws Exception {
            var many = IntStream.range(0, 500).mapToObj(_ -> consultation()).toList();

            try (var instances = Executors.newFixedThreadPool(4)) {
                for (var done :
                        instances.invokeAll(Collections.nCopies(4, fireUntilNothingIsDue()))) {
                    done.get();
                }
            }

            assertThat(many).allSatisfy(due -> assertThat(raised(due)).hasSize(1));
            var keys = many.stream().map(due -> due.id.toString()).toList();
            await().untilAsserted(
                            () ->
                                    assertThat(published())
                                            .filteredOn(keys::contains)
                                            .containsExactlyInAnyOrderElementsOf(keys));
        }

        @Test
        void whenAnotherInstanceLooksWhileTheFirstHasNotCommitted() {
            var ticket = consultation();

            time.at(
                    due,
                    () -> {
                        firing.run();
                        return assertThat(fireElsewhere()).isZero();
                    });

            assertThat(fireElsewhere()).isZero();
            assertThat(raised(ticket)).hasSize(1);
        }

        @Test
        void whenTheFirstTransactionIsRolledBackAndAnotherInstanceTakesOver() {
            var ticket = consultation();
            var before = watches.find(ticket.id);

            time.aborted(
                    due,
                    () -> {
                        assertThat(firing.run()).isEqualTo(1);
                        assertThat(raised(ticket)).hasSize(1);
                        assertThat(fireElsewhere()).isZero();
                    });

            assertThat(raised(ticket)).isEmpty();
            assertThat(watches.find(ticket.id)).isEqualTo(before);
            assertThat(fireElsewhere()).isEqualTo(1);
            assertThat(fireAt(due)).isZero();
            assertThat(raised(ticket)).hasSize(1);
        }

        private TicketTold consultation() {
            var ticket = ticket();
            told.hear(ticket.created(Kind.CONSULTATION, Priority.NORMAL, START));
            return ticket;
        }

        private Callable<Void> fireUntilNothingIsDue() {
            return () -> {
                while (fireAt(due) > 0) {
                    // the next batch
                }
                return null;
            };
        }

        private int fireElsewhere() {
            return CompletableFuture.supplyAsync(() -> fireAt(due))
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
        }
    }

    @Nested
    class StartsOverWithANewStay {

        private final TicketTold ticket = ticket();
        private final Instant firstDue = hours(5);

        @BeforeEach
        void raise() {
            told.hear(ticket.created(Kind.REQUEST, Priority.NORMAL, START));
            told.hear(ticket.answered(START.plusSeconds(60)));
            fireAt(firstDue);
            assertThat(raised(ticket)).extracting(EscalationRaised::stay).containsExactly(1);
        }

        @Test
        void whenTheTicketClimbed() {
            var climbed = firstDue.plusSeconds(60);
            told.hear(ticket.escalated(2, EscalationCause.TIME, firstDue, climbed));

            assertThat(running(ticket, TIER_RESPONSE).dueAt())
                    .isEqualTo(climbed.plus(Duration.ofHours(1)));
            assertThat(running(ticket, TIER_RESOLUTION).dueAt())
                    .isEqualTo(climbed.plus(Duration.ofHours(5)));
            assertThat(running(ticket, RESOLUTION).dueAt()).isEqualTo(hours(10));
            fireAt(climbed.plus(Duration.ofHours(1)).minusNanos(1_000));
            assertThat(raised(ticket)).hasSize(1);
            fireAt(climbed.plus(Duration.ofHours(1)));
            fireAt(hours(9));
            assertThat(raised(ticket).getLast())
                    .satisfies(
                            again -> {
                                assertThat(again.stay()).isEqualTo(2);
                                assertThat(again.clock()).isEqualTo(TIER_RESPONSE);
                                assertThat(again.toTier()).isEqualTo(3);
                            });
            assertThat(raised(ticket)).hasSize(2);
        }

        @Test
        void whenTheTicketIsReopenedThatRefusedToClimb() {
            told.hear(ticket.resolved(hours(6)));
            told.hear(ticket.refused(1, hours(6)));
            told.hear(ticket.reopened(hours(9)));
            told.hear(ticket.answered(hours(9)));

            assertThat(running(ticket, TIER_RESOLUTION).dueAt()).isEqualTo(hours(9 + 5));
            assertThat(running(ticket, RESOLUTION))
                    .satisfies(
                            ofTheCustomer -> {
                                assertThat(ofTheCustomer.number()).isEqualTo(1);
                                assertThat(ofTheCustomer.startedAt()).isEqualTo(START);
                                assertThat(ofTheCustomer.dueAt()).isEqualTo(hours(10 + 3));
                            });
            fireAt(hours(13).minusNanos(1_000));
            assertThat(raised(ticket)).hasSize(1);
            fireAt(hours(13));
            fireAt(hours(15));
            assertThat(raised(ticket)).extracting(EscalationRaised::stay).containsExactly(1, 2);
        }

        @Test
        void andNotByARefusalAlone() {
            told.hear(ticket.refused(1, hours(6)));

            assertThat(running(ticket, RESOLUTION).dueAt()).isEqualTo(hours(10));
            fireAt(hours(20));
            assertThat(raised(ticket)).hasSize(1);
        }
    }

    @Nested
    class IsNotChangedByAnEditOfThePolicy {

        private final TicketTold ticket = ticket();
        private final String version = "edited-" + UUID.randomUUID();

        @BeforeEach
        void edit() {
            told.hear(ticket.created(Kind.REQUEST, Priority.NORMAL, START));
            told.hear(ticket.answered(START.plusSeconds(60)));
            var before = watches.find(ticket.id);
            time.at(START.plusSeconds(120), () -> policies.add(resolvedWithinTwoHours(), LEADER));
            assertThat(watches.find(ticket.id)).isEqualTo(before);
        }

        @Test
        void forTicketsThatRun() {
            var later = ticket();
            told.hear(later.created(Kind.REQUEST, Priority.NORMAL, hours(1)));
            told.hear(ticket.asked(hours(1)));
            told.hear(ticket.answered(hours(1)));

            fireAt(hours(3));

            assertThat(running(ticket, RESOLUTION).dueAt()).isEqualTo(hours(10));
            assertThat(watches.find(ticket.id).orElseThrow().clocks())
                    .extracting(Clock::policyVersion)
                    .containsOnly("test");
            assertThat(raised(ticket)).isEmpty();
            assertThat(raised(later)).hasSize(1);
        }

        @Test
        void untilItIsAppliedToThem() {
            time.at(
                    hours(1),
                    () -> {
                        var applied = policies.apply(version, LEADER);
                        while (applied.left() > 0) {
                            applied = policies.apply(version, LEADER);
                        }
                        return applied;
                    });

            assertThat(running(ticket, RESOLUTION).dueAt()).isEqualTo(hours(2));
            assertThat(watches.find(ticket.id).orElseThrow().facts().policyVersion())
                    .isEqualTo(version);
            fireAt(hours(2).minusNanos(1_000));
            assertThat(raised(ticket)).isEmpty();
            fireAt(hours(2));
            assertThat(raised(ticket))
                    .extracting(EscalationRaised::clock)
                    .containsExactly(RESOLUTION);
        }

        /** For a day, so that no other test meets it. */
        private PolicyDraft resolvedWithinTwoHours() {
            return new PolicyDraft(
                    version,
                    START.plusSeconds(120),
                    hours(24),
                    "test",
                    null,
                    null,
                    List.of(
                            new PolicyDraft.Line(
                                    RESOLUTION,
                                    null,
                                    null,
                                    null,
                                    null,
                                    Kind.REQUEST,
                                    null,
                                    null,
                                    null,
                                    null,
                                    Duration.ofHours(2),
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    null)));
        }
    }

    private TicketTold ticket() {
        var ticket = new TicketTold();
        tickets.add(ticket);
        return ticket;
    }

    private int fireAt(Instant now) {
        return time.at(now, firing::run);
    }

    private List<EscalationRaised> raised(TicketTold ticket) {
        return told.raised(ticket.id);
    }

    private Clock running(TicketTold ticket, ClockKind kind) {
        return watches.find(ticket.id).orElseThrow().clocks().stream()
                .filter(running -> running.kind() == kind && running.isRunning())
                .findFirst()
                .orElseThrow();
    }

    /** By when the database wrote it down, and not by what the event says of itself. */
    private int saidTooEarly() {
        return Objects.requireNonNull(
                jdbc.queryForObject(
                        """
                        SELECT count(*) FROM event_log WHERE type = 'EscalationRaised'
                            AND (payload ->> 'dueAt')::timestamptz
                                > uuid_extract_timestamp(id) + interval '1 ms'
                        """,
                        Integer.class));
    }

    /** The keys of what was raised, as often as it is on the topic. */
    private static List<String> published() {
        return RealBroker.records(Topics.ESCALATIONS).stream()
                .filter(said -> "EscalationRaised".equals(RealBroker.header(said, "ce_type")))
                .map(said -> said.key())
                .toList();
    }

    private static Instant hours(int count) {
        return START.plus(Duration.ofHours(count));
    }
}
