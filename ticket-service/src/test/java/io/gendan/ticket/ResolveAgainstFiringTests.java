package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Caller;
import io.gendan.api.Role;
import io.gendan.api.Scope;
import io.gendan.events.AssignmentEvent.AgentChosen;
import io.gendan.events.AssignmentEvent.Decision;
import io.gendan.events.ClockKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.Territory;
import io.gendan.messaging.DatabaseClock;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The last moment: an agent resolves a ticket while its clock runs out, and sometimes the customer
 * writes as well. Whichever comes first, nothing climbs that is resolved.
 *
 * <p>{@code -Dgendan.races=100000} makes it a long run.
 */
@TicketServiceTest
class ResolveAgainstFiringTests {

    private static final Logger logger = LoggerFactory.getLogger(ResolveAgainstFiringTests.class);

    private static final int RACES = Integer.getInteger("gendan.races", 400);
    private static final int TOGETHER = 100;
    private static final int RACERS = 3;

    private static final String AGENT = "agent-south-1";
    private static final Caller APP = new Caller("app", "App", Set.of(Role.CHANNEL));
    private static final Scope EVERYTHING = new Scope.Everything();

    /**
     * Each ticket's events in order, as letters: R resolved, O reopened, E escalated, N refused.
     */
    private static final String STORIES =
            """
            SELECT story, count(*) FROM (
                SELECT string_agg(CASE type
                    WHEN 'TicketResolved' THEN 'R'
                    WHEN 'TicketReopened' THEN 'O'
                    WHEN 'TicketEscalated' THEN 'E'
                    WHEN 'EscalationRefused' THEN 'N' ELSE '' END, '' ORDER BY sequence) AS story
                FROM event_log WHERE topic = 'tickets' AND key = ANY (?) GROUP BY key) AS told
            GROUP BY story
            """;

    @Autowired Openings openings;
    @Autowired TicketDesk desk;
    @Autowired Hearing hearing;
    @Autowired Proposals proposals;
    @Autowired DatabaseClock clock;
    @Autowired TransactionOperations transaction;
    @Autowired JdbcTemplate jdbc;

    private record Stories(String story, int count) {}

    @Test
    void nothingClimbsThatIsResolved() throws Exception {
        var stories = new ArrayList<Stories>();
        for (int done = 0; done < RACES; done += TOGETHER) {
            stories.addAll(race(inProgress(Math.min(TOGETHER, RACES - done))));
        }

        assertThat(stories)
                .allSatisfy(told -> assertThat(told.story()).matches("ER|ERO|RN|RON|RNO"));
        int climbed = count(stories, "E");
        int refused = count(stories, "N");
        assertThat(climbed + refused).isEqualTo(RACES);
        logger.info("Of {} races {} climbed and {} were refused", RACES, climbed, refused);
        assertThat(List.of(climbed, refused)).allMatch(count -> count > RACES / 50);
    }

    private static int count(List<Stories> stories, String letter) {
        return stories.stream()
                .filter(told -> told.story().contains(letter))
                .mapToInt(Stories::count)
                .sum();
    }

    private List<Stories> race(List<UUID> tickets) throws Exception {
        var start = new CyclicBarrier(RACERS);
        try (var racers = Executors.newFixedThreadPool(RACERS)) {
            var lanes =
                    List.of(
                            lane(tickets, start, this::resolve),
                            lane(tickets, start, this::fire),
                            lane(tickets, start, this::write));
            for (var lane : racers.invokeAll(lanes)) {
                lane.get();
            }
        }
        return jdbc.query(
                STORIES,
                (row, _) -> new Stories(row.getString(1), row.getInt(2)),
                (Object) tickets.stream().map(UUID::toString).toArray(String[]::new));
    }

    @FunctionalInterface
    private interface Racer {
        void act(UUID ticket, int number);
    }

    private static Callable<Void> lane(List<UUID> tickets, CyclicBarrier start, Racer racer) {
        return () -> {
            for (int i = 0; i < tickets.size(); i++) {
                start.await(30, TimeUnit.SECONDS);
                racer.act(tickets.get(i), i);
            }
            return null;
        };
    }

    private void resolve(UUID ticket, int number) {
        var agent = new Caller(AGENT, "许文", Set.of(Role.AGENT));
        desk.resolve(new Act(ticket, agent, EVERYTHING, null), TicketFixtures.solution("已换货"));
    }

    private void fire(UUID ticket, int number) {
        var now = clock.now();
        proposals.escalate(
                new EscalationRaised(
                        ticket,
                        1,
                        now,
                        UUID.randomUUID(),
                        1,
                        2,
                        EscalationCause.TIME,
                        ClockKind.TIER_RESOLUTION,
                        now));
    }

    /** Every other time: reopens what is resolved by then. */
    private void write(UUID ticket, int number) {
        if (number % 2 == 0) {
            hearing.hear(
                    new Act(ticket, APP, EVERYTHING, null),
                    new TicketDesk.Words("还是不对", null, null));
        }
    }

    private List<UUID> inProgress(int count) {
        var tickets = openings.open(count, APP);
        transaction.executeWithoutResult(
                _ ->
                        tickets.forEach(
                                ticket -> {
                                    proposals.assign(chosen(ticket));
                                    var agent = new Caller(AGENT, "许文", Set.of(Role.AGENT));
                                    desk.accept(new Act(ticket, agent, EVERYTHING, null));
                                }));
        return tickets;
    }

    private AgentChosen chosen(UUID ticket) {
        return new AgentChosen(
                ticket,
                1,
                clock.now(),
                Territory.SOUTH,
                Territory.SOUTH,
                "south-1",
                AGENT,
                "许文",
                new Decision("2026.1", "province 44", List.of()));
    }
}
