package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.RULES;
import static io.gendan.ticket.TicketFixtures.XU;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Scope;
import io.gendan.events.Solved;
import io.gendan.events.TicketEvent;
import io.gendan.events.Topics;
import io.gendan.events.WaitingReason;
import io.gendan.messaging.EventLog;
import io.gendan.ticket.rules.RuleBook;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A database that has tickets as they were kept when each field had a column of its own: what the
 * migrations make of them is what their logs tell.
 */
@TicketServiceTest
@Import(StateMigrationTests.OldDatabase.class)
class StateMigrationTests {

    private static final String BEFORE_THE_STATE = "20261122.2310";
    private static final UUID CUSTOMER = new UUID(0, 7);
    private static final Scope EVERYTHING = new Scope.Everything();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Autowired Tickets tickets;
    @Autowired TicketReading reading;
    @Autowired RuleBook rules;
    @Autowired EventLog log;
    @Autowired Vault vault;
    @Autowired JdbcClient jdbc;
    @Autowired TransactionOperations transaction;

    @TestConfiguration
    static class OldDatabase {

        @Bean
        FlywayMigrationStrategy throughTheOldState() {
            return flyway -> {
                var configuration = flyway.getConfiguration();
                Flyway.configure()
                        .configuration(configuration)
                        .target(BEFORE_THE_STATE)
                        .load()
                        .migrate();
                fill(JdbcClient.create(configuration.getDataSource()));
                flyway.migrate();
            };
        }
    }

    @BeforeEach
    void sealTheCustomer() {
        jdbc.sql("UPDATE customer SET phone_sealed = ? WHERE id = ?")
                .params(vault.seal("+8613800138000"), CUSTOMER)
                .update();
    }

    @Test
    void isWhatTheLogsTell() {
        var ids = jdbc.sql("SELECT id FROM ticket ORDER BY number").query(UUID.class).list();

        assertThat(ids).hasSize(lives().size());
        for (var id : ids) {
            var kept =
                    transaction.execute(_ -> tickets.lock(id, EVERYTHING).orElseThrow().memento());
            assertThat(kept).isEqualTo(Ticket.replay(events(id), rules::of).memento());
            assertThat(reading.require(id, Instant.now(), EVERYTHING))
                    .usingRecursiveComparison()
                    .ignoringFields("due", "survey.token")
                    .isEqualTo(reading.require(id, EVERYTHING));
        }
    }

    private List<TicketEvent> events(UUID id) {
        return transaction.execute(
                _ ->
                        log.timeline(Topics.TICKETS, id.toString(), 0, 1_000).stream()
                                .map(event -> log.read(event, TicketEvent.class))
                                .toList());
    }

    private static void fill(JdbcClient jdbc) {
        jdbc.sql(
                        """
                        INSERT INTO customer (id, phone_index, phone_sealed, created_at)
                        VALUES (?, ''::bytea, ''::bytea, now())
                        """)
                .param(CUSTOMER)
                .update();
        var number = 0;
        for (var life : lives()) {
            keep(life.get(), "2026112200000%03d".formatted(++number), jdbc);
        }
    }

    /** All of them in their own way, and one of each end. */
    private static List<Supplier<Ticket>> lives() {
        return List.of(
                TicketFixtures::newTicket,
                TicketFixtures::majorTicket,
                TicketFixtures::assignedTicket,
                TicketFixtures::acceptedTicket,
                TicketFixtures::promisedTicket,
                () -> TicketFixtures.waitingTicket(WaitingReason.AGREED),
                () -> TicketFixtures.waitingTicket(WaitingReason.CUSTOMER),
                TicketFixtures::resolvedTicket,
                StateMigrationTests::toBeClosed,
                TicketFixtures::reopenedTicket,
                TicketFixtures::closedTicket,
                StateMigrationTests::rated,
                TicketFixtures::cancelledTicket,
                TicketFixtures::mergedTicket,
                StateMigrationTests::absorbing,
                StateMigrationTests::climbed);
    }

    private static Ticket toBeClosed() {
        var ticket = TicketFixtures.resolvedAndPromisedTicket();
        ticket.confirm(NOON.plusSeconds(5));
        return ticket;
    }

    private static Ticket rated() {
        var ticket = TicketFixtures.closedTicket();
        var survey = Survey.id(ticket.id(), ticket.memento().stay());
        var answer = new Survey.Draft(Solved.YES, 5, null);
        ticket.rate(survey, answer, Duration.ofDays(7), NOON.plusSeconds(6));
        return ticket;
    }

    private static Ticket absorbing() {
        var into = Ticket.of(TicketFixtures.otherTicket().created(), RULES);
        TicketFixtures.waitingTicket(WaitingReason.AGREED)
                .ties()
                .mergeInto(into, "同一包裹", NOON.plusSeconds(5));
        into.hear(TicketFixtures.said(new UUID(0, 8), "还没收到"), NOON.plusSeconds(6));
        return into;
    }

    private static Ticket climbed() {
        var ticket = TicketFixtures.acceptedTicket();
        ticket.answer(TicketFixtures.said(new UUID(0, 8), "您好"), XU, NOON.plusSeconds(3));
        ticket.escalate(TicketFixtures.proposal(ticket, 1), NOON.plusSeconds(60));
        ticket.assign(TicketFixtures.claim(ticket, 2), NOON.plusSeconds(90));
        return ticket;
    }

    /** The fixtures are all one ticket: each life gets an id and a number of its own. */
    private static void keep(Ticket ticket, String number, JdbcClient jdbc) {
        var id = UUID.randomUUID().toString();
        var own = Map.of(ticket.id().toString(), id, ticket.created().number(), number);
        var told = new ArrayList<TicketEvent>(List.of(ticket.created()));
        told.addAll(ticket.drainNews());
        jdbc.sql(OLD_ROW).params(json(ticket.created(), own), json(ticket.memento(), own)).update();
        var sequence = 0;
        for (var event : told) {
            jdbc.sql(
                            """
                            INSERT INTO event_log (topic, key, sequence, type, payload, actor, at)
                            VALUES ('tickets', ?, ?, ?, ?::jsonb, 'system:test', ?::timestamptz)
                            """)
                    .params(
                            id,
                            ++sequence,
                            event.getClass().getSimpleName(),
                            json(event, own),
                            event.at().toString())
                    .update();
        }
    }

    private static String json(Object value, Map<String, String> own) {
        return own.entrySet().stream()
                .reduce(
                        JSON.writeValueAsString(value),
                        (text, one) -> text.replace(one.getKey(), one.getValue()),
                        (_, last) -> last);
    }

    private static final String OLD_ROW =
            """
            INSERT INTO ticket (
                id, number, opened_by, kind, phase, category, channel, priority, major, vip,
                customer_id, region, first_tier, subject, result, created_at, status,
                waiting_reason, awaited_promise, wait_id, closing_due, survey, promises, territory,
                served_by, team, tier, assignee, assignee_name, responsible, responsible_name,
                round, stay, agent_wanted, version, updated_at, resolved_at, closed_at, merge,
                absorbed)
            SELECT
                (c ->> 'ticketId')::uuid, c ->> 'number', 'app', c ->> 'kind', c ->> 'phase',
                c ->> 'category', c ->> 'channel', c ->> 'priority', c ->> 'major',
                (c ->> 'vip')::boolean, (c ->> 'customerId')::uuid, c -> 'region',
                (c ->> 'tier')::int, c #>> '{texts,subject}',
                CASE WHEN s ->> 'resolvedAt' IS NOT NULL THEN '换货已送达' END,
                (c ->> 'at')::timestamptz, s ->> 'status', s ->> 'waitingReason',
                (s ->> 'awaitedPromise')::uuid, (s ->> 'waitId')::uuid, s ->> 'closingDue',
                nullif(s -> 'survey', 'null'), s -> 'promises', s ->> 'territory',
                s ->> 'servedBy', s ->> 'team', (s ->> 'tier')::int, s #>> '{assignee,id}',
                s #>> '{assignee,name}', s #>> '{responsible,id}', s #>> '{responsible,name}',
                (s ->> 'round')::int, (s ->> 'stay')::int, (s ->> 'agentWanted')::boolean,
                (s ->> 'version')::bigint, (s ->> 'updatedAt')::timestamptz,
                (s ->> 'resolvedAt')::timestamptz, (s ->> 'closedAt')::timestamptz,
                nullif(s -> 'merge', 'null'), s -> 'absorbed'
            FROM (SELECT ?::jsonb AS c, ?::jsonb AS s) AS old
            """;
}
