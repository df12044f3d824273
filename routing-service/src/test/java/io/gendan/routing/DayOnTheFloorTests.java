package io.gendan.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.gendan.events.AssignmentEvent;
import io.gendan.events.AssignmentEvent.AgentAwaited;
import io.gendan.events.AssignmentEvent.AgentChosen;
import io.gendan.events.AssignmentEvent.TeamChosen;
import io.gendan.events.AssignmentEvent.TransferRefused;
import io.gendan.events.Channel;
import io.gendan.events.ClockStep;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.Topics;
import io.gendan.messaging.EventLog;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Random days with everything that can happen to tickets and agents, drawn by a seed. After each
 * step the ledger is what a book kept beside it says, nobody was chosen above capacity, and no
 * ticket waits beside an agent who could take it.
 */
@RoutingTest
class DayOnTheFloorTests {

    private static final int STEPS = 400;
    private static final Map<String, String> TEAMS = Map.of("44", "south", "65", "northwest");

    @Autowired Dispatcher dispatcher;
    @Autowired PresenceDesk presence;
    @Autowired Ledger ledger;
    @Autowired RoutedTickets tickets;
    @Autowired EventLog eventLog;
    @Autowired JdbcClient jdbc;

    private final List<Work> works = new ArrayList<>();
    private final List<UUID> customers =
            IntStream.range(0, 30).mapToObj(_ -> UUID.randomUUID()).toList();
    private Random random = new Random();
    private long heardUpTo;
    private int longestLine;
    private int offeredAgain;

    private enum State {
        PROPOSED,
        IN_LINE,
        HELD,
        WAITING,
        QUEUED,
        RESOLVED,
        CLOSED
    }

    /** A ticket as the book beside the ledger has it. */
    private static final class Work {

        final TicketStory story;
        final int points;
        final List<AgentChosen> unanswered = new ArrayList<>();
        State state = State.IN_LINE;
        @Nullable String carrier;

        /** To whom it is offered beside who has it. */
        @Nullable String second;

        @Nullable String solver;
        boolean accepted;
        int carried;
        int heard;

        Work(TicketStory story, int points) {
            this.story = story;
            this.points = points;
        }

        void carriedBy(@Nullable String agent, int weight) {
            carrier = agent;
            carried = weight;
        }

        Stream<String> carriers() {
            return Stream.of(carrier, second).filter(Objects::nonNull);
        }

        int carriedBy(String agent) {
            return agent.equals(second) ? points : carried;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void keepsTheLedgerRightAndNobodyIdleBesideTheLine(int seed) {
        random = new Random(seed);
        clearTheFloor();
        for (int step = 0; step < STEPS; step++) {
            // The morning brings more than it takes away, the evening the other way round.
            if (works.isEmpty() || random.nextInt(10) < (step < STEPS / 2 ? 6 : 2)) {
                create();
            } else {
                something(works.get(random.nextInt(works.size())));
            }
            hear();
            check("seed %d step %d".formatted(seed, step));
        }
        assertThat(works).extracting(work -> work.state).contains(State.HELD, State.CLOSED);
        assertThat(longestLine).isGreaterThan(5);
        assertThat(offeredAgain).isPositive();
    }

    private void create() {
        var kind = pick(Kind.CONSULTATION, Kind.REQUEST, Kind.COMPLAINT, Kind.SUGGESTION);
        var story =
                TicketStory.of(kind, pick("44", "44", "65"))
                        .by(pick(Channel.APP, Channel.CHAT))
                        .with(pick(Priority.NORMAL, Priority.NORMAL, Priority.HIGH))
                        .of(customers.get(random.nextInt(customers.size())));
        if (random.nextInt(5) == 0) {
            story.vip();
        }
        if (random.nextInt(20) == 0) {
            story.major(Major.MEDIA);
        }
        var created = story.created();
        var points =
                ledger.rules()
                        .workOf(kind, created.priority(), created.channel(), created.major())
                        .points();
        works.add(new Work(story, points));
        dispatcher.created(created);
    }

    private void something(Work work) {
        if (random.nextInt(12) == 0) {
            var agent = "agent-%s-%d".formatted(pick("south", "northwest"), 1 + random.nextInt(4));
            presence.declare(agent, random.nextInt(4) > 0, agent);
        } else if (!work.unanswered.isEmpty()) {
            answer(work, work.unanswered.removeFirst());
        } else {
            go(work);
        }
    }

    private void answer(Work work, AgentChosen proposal) {
        var wanted =
                work.state == State.PROPOSED
                        && proposal.round() == work.story.round()
                        && proposal.agent().equals(work.carrier);
        if (proposal.agent().equals(work.second)) {
            answerSecond(work, proposal);
            return;
        }
        if (wanted && random.nextInt(5) > 0) {
            work.state = State.HELD;
            work.accepted = false;
            dispatcher.assigned(work.story.assigned(proposal.agent()));
            return;
        }
        if (wanted && random.nextBoolean()) {
            takeOneself(work);
            hear();
        } else if (wanted) {
            work.carriedBy(null, 0);
        }
        dispatcher.refused(work.story.refused(proposal.round(), proposal.agent()));
    }

    private void answerSecond(Work work, AgentChosen proposal) {
        work.second = null;
        if (!work.accepted && random.nextBoolean()) {
            work.carriedBy(proposal.agent(), work.points);
            dispatcher.assigned(work.story.assigned(proposal.agent()));
        } else {
            dispatcher.refused(work.story.refused(proposal.round(), proposal.agent()));
        }
    }

    private void takeOneself(Work work) {
        var taker = "agent-south-" + (1 + random.nextInt(4));
        work.state = State.HELD;
        work.accepted = false;
        work.carriedBy(taker, work.points);
        dispatcher.assigned(work.story.assigned(taker));
    }

    private void go(Work work) {
        var holder = work.carrier == null ? "nobody" : work.carrier;
        switch (work.state) {
            case PROPOSED, CLOSED -> {}
            case IN_LINE -> {
                if (random.nextInt(4) == 0) {
                    escalate(work);
                }
            }
            case HELD -> {
                if (random.nextBoolean()) {
                    dispatcher.stepped(work.story.stepped(ClockStep.OFFER_AGAIN));
                    hear();
                }
                switch (random.nextInt(6)) {
                    case 2 -> {
                        work.accepted = true;
                        dispatcher.accepted(work.story.accepted(holder));
                    }
                    case 0 -> {
                        work.accepted = true;
                        dispatcher.accepted(work.story.accepted(holder));
                        work.state = State.WAITING;
                        work.carriedBy(holder, ledger.rules().whileWaiting(work.points));
                        dispatcher.waiting(work.story.waits());
                    }
                    case 1 -> escalate(work);
                    default -> resolve(work, holder);
                }
            }
            case WAITING -> {
                work.state = State.HELD;
                work.carriedBy(holder, work.points);
                dispatcher.resumed(work.story.resumes());
            }
            case QUEUED -> {
                work.state = State.HELD;
                work.accepted = true; // it is offered to nobody else there
                work.carriedBy("escalation-2-1", work.points);
                dispatcher.assigned(work.story.assigned("escalation-2-1"));
            }
            case RESOLVED -> leaveOrComeBack(work);
        }
    }

    private void resolve(Work work, String holder) {
        work.state = State.RESOLVED;
        work.solver = holder;
        work.second = null;
        work.carriedBy(null, 0);
        dispatcher.resolved(work.story.resolved(holder));
    }

    private void escalate(Work work) {
        work.state = State.QUEUED;
        work.second = null;
        dispatcher.escalated(work.story.escalatedTo(2));
    }

    private void leaveOrComeBack(Work work) {
        switch (random.nextInt(4)) {
            case 0 -> {
                work.state = State.HELD;
                work.accepted = true;
                work.carriedBy("agent-south-1", work.points);
                dispatcher.reopened(work.story.reopenedTo("agent-south-1"));
            }
            case 1 -> {
                if (work.story.isAboveTheFirstTier()) {
                    work.carriedBy(work.solver, work.points);
                }
                dispatcher.reopened(work.story.reopenedToNobody());
            }
            default -> {
                work.state = State.CLOSED;
                dispatcher.closed(work.story.closed());
            }
        }
    }

    /** Writes into the book what the dispatcher has said since. */
    private void hear() {
        var news =
                jdbc.sql("SELECT key, recorded FROM event_log WHERE recorded > ? ORDER BY recorded")
                        .param(heardUpTo)
                        .query((row, _) -> Map.entry(row.getString(1), row.getLong(2)))
                        .list();
        for (var key : news.stream().map(Map.Entry::getKey).distinct().toList()) {
            works.stream()
                    .filter(work -> work.story.id().toString().equals(key))
                    .forEach(work -> said(work).forEach(said -> write(work, said)));
        }
        heardUpTo = news.isEmpty() ? heardUpTo : news.getLast().getValue();
    }

    private void write(Work work, AssignmentEvent said) {
        work.heard++;
        switch (said) {
            case AgentChosen chosen -> {
                var winner = chosen.decision().candidates().getFirst();
                assertThat(winner.load() + work.points)
                        .as("load of %s when chosen", winner.agent())
                        .isLessThanOrEqualTo(winner.capacity());
                work.unanswered.add(chosen);
                if (work.state == State.HELD) {
                    assertThat(work.accepted).isFalse();
                    assertThat(work.carriers()).doesNotContain(chosen.agent()).hasSize(1);
                    work.second = chosen.agent();
                    offeredAgain++;
                    return;
                }
                work.state = State.PROPOSED;
                work.carriedBy(chosen.agent(), work.points);
            }
            case AgentAwaited _ -> {
                work.state = State.IN_LINE;
                work.carriedBy(null, 0);
            }
            case TeamChosen _ -> work.state = State.QUEUED;
            case TransferRefused refused -> fail("Nobody asked for a transfer: " + refused);
        }
    }

    private List<AssignmentEvent> said(Work work) {
        return eventLog
                .timeline(Topics.ASSIGNMENTS, work.story.id().toString(), work.heard, 100)
                .stream()
                .map(logged -> eventLog.read(logged, AssignmentEvent.class))
                .toList();
    }

    private void check(String moment) {
        var expected = new HashSet<String>();
        var inLine = new HashSet<UUID>();
        for (var work : works) {
            work.carriers()
                    .map(carrier -> work.story.id() + " " + carrier + " " + work.carriedBy(carrier))
                    .forEach(expected::add);
            if (work.state == State.IN_LINE) {
                inLine.add(work.story.id());
            }
        }
        longestLine = Math.max(longestLine, inLine.size());
        assertThat(ledgerRows()).as("ledger, %s", moment).isEqualTo(expected);
        assertThat(line()).as("line, %s", moment).isEqualTo(inLine);
        checkLoads(moment);
        checkNobodyIsIdleBeside(inLine, moment);
    }

    private void checkLoads(String moment) {
        var points = new HashMap<String, Integer>();
        var open = new HashMap<String, Integer>();
        for (var work : works) {
            work.carriers()
                    .forEach(
                            carrier -> {
                                points.merge(carrier, work.carriedBy(carrier), Integer::sum);
                                open.merge(carrier, 1, Integer::sum);
                            });
        }
        for (var team : TEAMS.values()) {
            assertThat(ledger.contenders(team))
                    .as("loads of %s, %s", team, moment)
                    .allSatisfy(
                            agent -> {
                                assertThat(agent.load())
                                        .isEqualTo(points.getOrDefault(agent.agent(), 0));
                                assertThat(agent.open())
                                        .isEqualTo(open.getOrDefault(agent.agent(), 0));
                            });
        }
    }

    private void checkNobodyIsIdleBeside(Set<UUID> inLine, String moment) {
        var teams = new HashMap<String, List<Contender>>();
        TEAMS.values().forEach(team -> teams.put(team, ledger.contenders(team)));
        for (var id : inLine) {
            var ticket = tickets.require(id);
            assertThat(
                            Policies.choose(
                                    ticket.need(),
                                    teams.getOrDefault(ticket.team(), List.of()),
                                    ledger.rules()))
                    .as("who could take %s, %s", id, moment)
                    .isInstanceOf(Choice.Nobody.class);
        }
    }

    private Set<String> ledgerRows() {
        return jdbc.sql("SELECT concat_ws(' ', ticket_id, agent, points) FROM reservation")
                .query(String.class)
                .set();
    }

    private Set<UUID> line() {
        return jdbc.sql("SELECT ticket_id FROM waiting").query(UUID.class).set();
    }

    private void clearTheFloor() {
        jdbc.sql("DELETE FROM waiting").update();
        jdbc.sql("DELETE FROM reservation").update();
        jdbc.sql("DELETE FROM ticket").update();
        jdbc.sql("UPDATE agent SET on_duty = true, last_chosen_at = NULL").update();
    }

    @SafeVarargs
    private <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
