package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.api.Caller;
import io.gendan.api.Problem;
import io.gendan.api.Role;
import io.gendan.api.Scope;
import io.gendan.events.AgentEvent.AgentChanged;
import io.gendan.events.AssignmentEvent.AgentAwaited;
import io.gendan.events.AssignmentEvent.AgentChosen;
import io.gendan.events.AssignmentEvent.Decision;
import io.gendan.events.AssignmentEvent.TeamChosen;
import io.gendan.events.AssignmentEvent.TransferRefused;
import io.gendan.events.AuthoritySource;
import io.gendan.events.CallOutcome;
import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.CloseReason;
import io.gendan.events.ContactOutcome;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.EscalationClaimed;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.HandOffPacket;
import io.gendan.events.Kind;
import io.gendan.events.Level;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.Solved;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.TicketEscalated;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.events.Topics;
import io.gendan.events.WaitingReason;
import io.gendan.messaging.DatabaseClock;
import io.gendan.messaging.EventLog;
import io.gendan.ticket.ContactDesk.Outgoing;
import io.gendan.ticket.PromiseDesk.Pledge;
import io.gendan.ticket.SurveyDesk.Rating;
import io.gendan.ticket.TicketDesk.Words;
import io.gendan.ticket.rules.RuleBook;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * Anything may be done to a ticket at any time, in whatever order and however late. What is kept
 * beside the log is what the log alone gives, of every ticket.
 *
 * <p>{@code -Dgendan.lives=10000} makes it a long run.
 */
@TicketServiceTest
class RandomLivesTests {

    private static final Logger logger = LoggerFactory.getLogger(RandomLivesTests.class);

    private static final int LIVES = Integer.getInteger("gendan.lives", 300);
    private static final int STEPS = 14;
    private static final int TOGETHER = 50;
    private static final int OF_AUTHORITIES = 5;
    private static final int ABOUT_PERSONAL_DATA = 5;
    private static final long SEED = 20261122;
    private static final AuthorityLetter CORRECTED =
            new AuthorityLetter(
                    AuthoritySource.HOTLINE_12345,
                    "H-2",
                    LocalDate.of(2026, 11, 19),
                    LocalDate.of(2026, 12, 4));
    private static final UUID UNASKED = new UUID(0, 67);

    private static final List<Resolution> RESOLUTIONS =
            List.of(
                    TicketFixtures.solution("已换货"),
                    TicketFixtures.solution("已换货"),
                    Resolution.inWords("已换货"));
    private static final List<String> STEPS_BY_HAND =
            List.of("VERIFY", "PLAN", "REPORT", "REVIEW", "NONE");

    private static final Scope EVERYTHING = new Scope.Everything();
    private static final Caller APP = new Caller("app", "App", Set.of(Role.CHANNEL));
    private static final Caller AGENT = new Caller("agent-south-1", "许文", Set.of(Role.AGENT));
    private static final Caller LEADER =
            new Caller("supervisor-1", "Supervisor", Set.of(Role.SUPERVISOR));

    @Autowired RuleBook rules;
    @Autowired Openings openings;
    @Autowired Agents agents;
    @Autowired KeptCounts counts;
    @Autowired TicketDesk desk;
    @Autowired Proposals proposals;
    @Autowired PromiseDesk promises;
    @Autowired MergeDesk merges;
    @Autowired SurveyDesk surveyDesk;
    @Autowired FactsDesk facts;
    @Autowired ContactDesk contacts;
    @Autowired HandOverDesk handOvers;
    @Autowired Hearing hearing;
    @Autowired TicketReading reading;
    @Autowired Tickets tickets;
    @Autowired EarlierTickets earlier;
    @Autowired Vault vault;
    @Autowired EventLog log;
    @Autowired DatabaseClock clock;
    @Autowired TransactionOperations transaction;
    @Autowired JdbcTemplate jdbc;

    private final Random random = new Random(SEED);
    private final Map<TicketStatus, Integer> ends = new EnumMap<>(TicketStatus.class);
    private int queuedAgain;

    @Test
    void whatIsKeptIsWhatTheLogTells() {
        int refused = 0;
        know(AGENT.id(), AGENT.name(), 1, true);
        know("agent-south-3", AGENT.name(), 1, false);
        for (int done = 0; done < LIVES; done += TOGETHER) {
            var lives =
                    new ArrayList<>(
                            openings.open(
                                    Math.min(TOGETHER, LIVES - done)
                                            - OF_AUTHORITIES
                                            - ABOUT_PERSONAL_DATA,
                                    APP));
            lives.addAll(openings.openOfAnAuthority(OF_AUTHORITIES, APP));
            lives.addAll(openings.openAboutPersonalData(ABOUT_PERSONAL_DATA, APP));
            lives.add(openings.take(AGENT, null));
            lives.add(openings.take(AGENT, TicketFixtures.solution("已换货")));
            for (int step = 0; step < STEPS; step++) {
                for (var ticket : List.copyOf(lives)) {
                    if (random.nextInt(10) == 0) {
                        know("agent-south-2", "许文", 1, random.nextBoolean());
                        know("escalation-2-1", "专家", 2, random.nextBoolean());
                    }
                    refused += happens(ticket, lives) ? 0 : 1;
                }
            }
            awaitTheLinksOwed();
            lives.forEach(this::compare);
        }
        logger.info("{} lives ended {}, {} steps were refused", LIVES, ends, refused);
        assertThat(ends.keySet()).isEqualTo(Set.of(TicketStatus.values()));
        assertThat(queuedAgain).isPositive();
        assertThat(counts.counted()).isEqualTo(counts.scanned());
    }

    /** They are made beside the steps. */
    private void awaitTheLinksOwed() {
        await().atMost(Duration.ofMinutes(1)).until(() -> earlier.owed().isEmpty());
    }

    private void know(String agent, String name, int tier, boolean onDuty) {
        agents.save(
                new AgentChanged(
                        agent,
                        clock.now(),
                        name,
                        "south-1",
                        Territory.SOUTH,
                        tier,
                        Level.SENIOR,
                        List.of(),
                        onDuty));
    }

    private void compare(UUID id) {
        var kept = memento(id);
        ends.merge(kept.status(), 1, Integer::sum);
        var events = events(id);
        queuedAgain += events.stream().anyMatch(event -> isQueuedAgain(event, events)) ? 1 : 0;

        assertThat(Ticket.replay(events, rules::of).memento()).isEqualTo(kept);
        var shown = reading.require(id, EVERYTHING);
        assertThat(reading.require(id, clock.now(), EVERYTHING))
                .usingRecursiveComparison()
                .ignoringFields("due", "survey.token")
                .isEqualTo(shown);
    }

    private static boolean isQueuedAgain(TicketEvent event, List<TicketEvent> events) {
        return event instanceof TicketReopened reopened
                && reopened.agent() == null
                && events.stream()
                        .filter(TicketEscalated.class::isInstance)
                        .anyMatch(climbed -> climbed.stay() < reopened.stay());
    }

    private List<TicketEvent> events(UUID id) {
        return transaction.execute(
                _ ->
                        log.timeline(Topics.TICKETS, id.toString(), 0, 1_000).stream()
                                .map(event -> log.read(event, TicketEvent.class))
                                .toList());
    }

    private Memento memento(UUID id) {
        return transaction.execute(_ -> tickets.lock(id, EVERYTHING).orElseThrow().memento());
    }

    /** Whether it was taken. */
    private boolean happens(UUID id, List<UUID> others) {
        try {
            something(id, memento(id), others);
            return true;
        } catch (Problem refusal) {
            assertThat(refusal.status()).isBetween(400, 499);
            return false;
        }
    }

    private Words words() {
        return new Words(some(List.of("好的，谢谢", "还没有收到", "还没有收到", "孩子受伤了", "我要找记者")), null, null);
    }

    private void waitFor(Act act, WaitingReason reason) {
        if (reason == WaitingReason.CARRIER && random.nextBoolean()) {
            desk.awaitSearch(act);
        } else {
            desk.await(act, reason);
        }
    }

    private void something(UUID id, Memento now, List<UUID> others) {
        var byLeader = new Act(id, LEADER, EVERYTHING, null);
        var byCustomer = new Act(id, APP, EVERYTHING, null);
        var promise = promise(now);
        switch (random.nextInt(40)) {
            case 0, 1, 2, 3 -> proposals.assign(chosen(id, now.round() - random.nextInt(5) / 4));
            case 4 -> proposals.place(awaited(id, now.round()));
            case 5, 6, 7 -> desk.accept(byLeader);
            case 8 -> hearing.hear(byCustomer, words());
            case 9 -> desk.answer(byLeader, new Words("您好", null, null));
            case 10 -> waitFor(byLeader, some(WaitingReason.values(), 7));
            case 11 -> promises.await(byLeader, pledge());
            case 12 -> promises.promise(byLeader, pledge());
            case 13 -> promises.keep(byLeader, promise, some(RESOLUTIONS));
            case 14 -> promises.withdraw(byLeader, promise, "不再需要");
            case 15 -> desk.resume(byLeader);
            case 16, 17 -> desk.resolve(byLeader, some(RESOLUTIONS));
            case 18 -> desk.confirm(byCustomer);
            case 19 -> desk.reopen(byCustomer, "还是坏的");
            case 20 -> desk.note(byLeader, "已联系仓库");
            case 21 -> proposals.escalate(raised(id, now));
            case 22 -> proposals.assign(claimed(id, now));
            case 23 -> proposals.elapse(elapsed(id, now));
            case 24 -> merge(byLeader, others);
            case 25 -> proposals.place(belongs(id, now));
            case 26 -> facts.change(byLeader, change());
            case 38 -> facts.confirmMajor(byLeader, asked(now));
            case 39 -> facts.refuseMajor(byLeader, asked(now), "客户说的是旧伤");
            case 27 -> desk.takeStep(byLeader, some(STEPS_BY_HAND), null);
            case 28 -> desk.review(byLeader, "页面未更新", "上新前核对");
            case 29 -> desk.file(byLeader, "已和解", LocalDate.of(2026, 11, 22), null);
            case 30 -> talk(byLeader, byCustomer, promise);
            case 31 -> rate(id, now, others);
            case 32, 33 -> transfer(byLeader, now);
            case 34 -> consultOrLink(byLeader, now, others);
            case 35 -> urge(byCustomer);
            case 36 -> hearing.hear(byCustomer, new Words("还是没有收到", null, null));
            default -> end(byLeader, others);
        }
    }

    /** Any of what is asked, the first unnamed, or something else. */
    private @Nullable UUID asked(Memento now) {
        var asked = now.suspicion().unjudged();
        return switch (random.nextInt(6)) {
            case 0 -> UNASKED;
            case 1, 2 -> null;
            default -> asked.isEmpty() ? null : asked.get(random.nextInt(asked.size()));
        };
    }

    private void transfer(Act act, Memento now) {
        var transfer = now.transfer();
        var offer = transfer == null ? null : transfer.offer();
        if (transfer == null) {
            var to = new HandOverDesk.Destination(null, null, Territory.SOUTH);
            handOvers.transfer(act, to, "需要家电技能");
        } else if (random.nextInt(4) == 0) {
            handOvers.withdrawTransfer(act);
        } else if (offer == null) {
            proposals.refuse(
                    new TransferRefused(act.ticketId(), now.round(), clock.now(), "off duty"));
        } else {
            var agent = new Caller(offer.agent().id(), "沈言", Set.of(Role.AGENT));
            var theirs = new Act(act.ticketId(), agent, EVERYTHING, null);
            if (random.nextBoolean()) {
                handOvers.takeOver(theirs);
            } else {
                handOvers.decline(theirs, "已下班");
            }
        }
    }

    private void consultOrLink(Act act, Memento now, List<UUID> others) {
        var packet = new HandOffPacket("已联系承运商", null, "请决定赔付", null);
        var open = now.consultations().stream().filter(one -> one.answer() == null).findFirst();
        switch (random.nextInt(5)) {
            case 0 -> handOvers.consult(act, null, "可否补发");
            case 1 ->
                    handOvers.advise(
                            act, open.map(Consultation::id).orElseGet(UUID::randomUUID), "可以");
            case 2 -> handOvers.escalate(act, packet, random.nextBoolean());
            case 3 -> handOvers.link(act, others.get(random.nextInt(others.size())));
            default ->
                    handOvers.unlink(
                            act,
                            now.links().isEmpty()
                                    ? others.getFirst()
                                    : now.links().getFirst().ticketId());
        }
    }

    private FactsChange change() {
        return new FactsChange(
                some(Kind.values(), 4),
                null,
                random.nextBoolean() ? "DELIVERY.LOST" : null,
                some(Priority.values(), 4),
                random.nextBoolean() ? "上海" : "广东",
                random.nextInt(8) == 0 ? Major.MEDIA : null,
                switch (random.nextInt(12)) {
                    case 0 -> TicketFixtures.LETTER;
                    case 1 -> new AuthorityLetter(AuthoritySource.PERSONAL_DATA, null, null, null);
                    case 2 -> CORRECTED;
                    default -> null;
                },
                false,
                random.nextInt(6) == 0,
                random.nextInt(3) == 0 ? BigDecimal.valueOf(random.nextInt(2000)) : null,
                "电话核实");
    }

    private void talk(Act byLeader, Act byCustomer, UUID promise) {
        var solved = random.nextBoolean() ? some(Solved.values(), 3) : null;
        switch (random.nextInt(4)) {
            case 0, 1 -> hearing.hear(byCustomer, incoming(solved));
            case 2 -> hearing.hear(byLeader, incoming(solved));
            default -> contacts.record(byLeader, outgoing(promise));
        }
    }

    private void urge(Act act) {
        switch (random.nextInt(3)) {
            case 0 -> hearing.urge(act, null, null);
            case 1 -> hearing.urge(act, Channel.WECHAT, "怎么还没有消息");
            default -> desk.urge(act.ticketId(), APP, EVERYTHING, askedAgain());
        }
    }

    private Opening askedAgain() {
        return new Opening(
                Kind.COMPLAINT,
                Channel.WEB,
                "+8613800138000",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "怎么还没有消息",
                null,
                null,
                random.nextBoolean() ? incoming(null) : null,
                null);
    }

    private Incoming incoming(@Nullable Solved solved) {
        var now = clock.now();
        return new Incoming(
                Channel.PHONE,
                some(ContactOutcome.values(), 3),
                now.minusMillis(random.nextInt(3) * 500L),
                random.nextBoolean() ? now : null,
                solved);
    }

    private Outgoing outgoing(UUID promise) {
        return new Outgoing(
                some(CallOutcome.values(), 7),
                random.nextBoolean() ? promise : null,
                random.nextBoolean() ? clock.now().plusSeconds(3600) : null,
                null,
                random.nextInt(4) == 0 ? Solved.NO : null);
    }

    private void merge(Act act, List<UUID> others) {
        if (random.nextBoolean()) {
            merges.undo(act, null);
        } else {
            merges.merge(act, others.get(random.nextInt(others.size())), "同一包裹");
        }
    }

    /** What follows a closed ticket lives on like the others. */
    private void rate(UUID id, Memento now, List<UUID> lives) {
        var survey = now.survey();
        if (survey != null) {
            var solved = some(Solved.values(), 3);
            var rating = new Rating(solved, 1 + random.nextInt(5), null);
            surveyDesk.rate(vault.token(survey.id()), rating);
            jdbc.queryForList("SELECT id FROM ticket WHERE succeeds = ?", UUID.class, id).stream()
                    .filter(followUp -> !lives.contains(followUp))
                    .forEach(lives::add);
        }
    }

    private void end(Act act, List<UUID> others) {
        switch (random.nextInt(8)) {
            case 0 -> desk.close(act, CloseReason.INVALID, Map.of("WHY", "误拨"));
            case 1 -> desk.cancel(act, "不需要了");
            case 2 -> {
                var original = others.get(random.nextInt(others.size()));
                var number = reading.require(original, EVERYTHING).number();
                desk.close(act, CloseReason.DUPLICATE, Map.of("ORIGINAL", number));
            }
            default -> desk.note(act, "再等等");
        }
    }

    private UUID promise(Memento now) {
        var promises = now.promises();
        return promises.isEmpty()
                ? UUID.randomUUID()
                : promises.get(random.nextInt(promises.size())).id();
    }

    private Pledge pledge() {
        var owner = random.nextBoolean() ? AGENT.id() : null;
        return new Pledge("回电", clock.now().plusSeconds(3600), null, false, "/dueAt", owner);
    }

    private AgentChosen chosen(UUID id, int round) {
        return new AgentChosen(
                id,
                round,
                clock.now(),
                Territory.SOUTH,
                Territory.SOUTH,
                "south-1",
                "agent-south-" + (1 + random.nextInt(3)),
                "许文",
                new Decision("2026.1", "province 44", List.of()));
    }

    private AgentAwaited awaited(UUID id, int round) {
        return new AgentAwaited(
                id,
                round,
                clock.now(),
                Territory.SOUTH,
                Territory.SOUTH,
                "south-1",
                new Decision("2026.1", "province 44", List.of()));
    }

    private TeamChosen belongs(UUID id, Memento now) {
        return new TeamChosen(
                id,
                now.round(),
                now.stay(),
                clock.now(),
                Territory.EAST,
                Territory.SOUTH,
                now.tier(),
                "south-1");
    }

    private EscalationRaised raised(UUID id, Memento now) {
        return new EscalationRaised(
                id,
                now.stay(),
                clock.now(),
                UUID.randomUUID(),
                now.tier(),
                Math.min(now.tier() + 1, Topics.LAST_TIER),
                EscalationCause.TIME,
                ClockKind.RESOLUTION,
                clock.now());
    }

    private EscalationClaimed claimed(UUID id, Memento now) {
        return new EscalationClaimed(
                id,
                now.stay(),
                clock.now(),
                UUID.randomUUID(),
                now.tier(),
                "escalation-2-1",
                "专家",
                "tier-2",
                null,
                null);
    }

    private ClockElapsed elapsed(UUID id, Memento now) {
        return switch (random.nextInt(5)) {
            case 0 -> elapsed(id, now, ClockKind.CONFIRMATION, null);
            case 3 -> elapsed(id, now, ClockKind.CLOSING, null);
            case 1 -> elapsed(id, now, ClockKind.PROMISE, promise(now));
            case 2 -> elapsed(id, now, ClockKind.WAITING, now.waitId());
            default -> {
                var survey = now.survey();
                yield elapsed(id, now, ClockKind.SURVEY, survey == null ? UNASKED : survey.id());
            }
        };
    }

    private ClockElapsed elapsed(UUID id, Memento now, ClockKind kind, @Nullable UUID about) {
        Instant at = clock.now();
        return new ClockElapsed(id, now.stay(), at, kind, at, about);
    }

    private <T> T some(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private <T> T some(T[] values, int known) {
        return values[random.nextInt(known)];
    }
}
