package io.gendan.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.Channel;
import io.gendan.events.EscalationCause;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.Solved;
import io.gendan.events.TicketEvent;
import io.gendan.events.WaitingReason;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The tables are there for speed: what is in them follows from what the ticket told. */
@EscalationTest
class RebuildTests {

    /** Before the policy of the tests, so that the shipped one is used: over a new year. */
    private static final Instant START = Instant.parse("2025-12-31T09:30:00.000001Z");

    @Autowired Told told;
    @Autowired Watches watches;
    @Autowired Policies policies;

    private final TicketTold ticket = new TicketTold();

    @ParameterizedTest
    @CsvSource({
        "COMPLAINT,    HIGH,   EMAIL,    true",
        "COMPLAINT,    URGENT, CHAT,     false",
        "SUGGESTION,   LOW,    MERCHANT, false",
        "REQUEST,      NORMAL, PHONE,    true",
        "CONSULTATION, NORMAL, APP,      false"
    })
    void keepsInItsTablesWhatFollowsFromTheLog(
            Kind kind, Priority priority, Channel channel, boolean vip) {
        var targets = policies.inForceAt(START);
        var log = new ArrayList<TicketEvent>();
        for (var event : life(kind, priority, channel, vip)) {
            told.hear(event);
            log.add(event);

            var kept = watches.find(ticket.id).orElseThrow();
            var rebuilt = TicketTold.watch(targets, log.toArray(TicketEvent[]::new));

            assertThat(kept.facts()).isEqualTo(rebuilt.facts());
            assertThat(kept.standing()).isEqualTo(rebuilt.standing());
            assertThat(kept.place()).isEqualTo(rebuilt.place());
            assertThat(kept.clocks()).containsExactlyInAnyOrderElementsOf(rebuilt.clocks());
        }
        assertThat(targets.version()).isEqualTo("2026.9");
    }

    private List<TicketEvent> life(Kind kind, Priority priority, Channel channel, boolean vip) {
        var life = new ArrayList<TicketEvent>();
        life.add(ticket.created(kind, priority, channel, null, vip, START));
        life.add(ticket.assigned("agent-south-1", after(1)));
        for (int minute = 3; minute < 25; minute += 2) {
            life.add(ticket.answered(after(minute)));
            life.add(ticket.asked(after(minute + 1)));
        }
        life.addAll(later());
        return life;
    }

    private List<TicketEvent> later() {
        return List.of(
                ticket.answered(after(30)),
                ticket.asked(after(500)),
                ticket.waits(WaitingReason.CUSTOMER, after(501)),
                ticket.asked(after(700)),
                ticket.goesOn(after(700)),
                ticket.escalated(3, EscalationCause.AGENT, after(800), after(800)),
                ticket.assigned("escalation-3-1", after(810)),
                ticket.searches(after(810)),
                ticket.waits(WaitingReason.BANK, after(820)),
                ticket.promises(new UUID(0, 1), after(900), after(821)),
                ticket.promises(new UUID(0, 2), after(2000), after(822)),
                ticket.promises(new UUID(0, 3), after(1850), after(823)),
                ticket.withdraws(new UUID(0, 2), after(824)),
                ticket.waits(WaitingReason.AGREED, after(830)),
                ticket.keeps(new UUID(0, 1), after(831)),
                ticket.merged(after(1400)),
                ticket.unmerged(Set.of(new UUID(0, 3)), after(1420)),
                ticket.absorbs(
                        new UUID(0, 7),
                        after(-300),
                        Map.of(new UUID(0, 8), after(1500)),
                        after(1430)),
                ticket.absorbs(new UUID(0, 9), after(20), Map.of(), after(1431)),
                ticket.releases(new UUID(0, 7), after(1440)),
                ticket.absorbs(
                        new UUID(0, 7),
                        after(-300),
                        Map.of(new UUID(0, 8), after(1500)),
                        after(1450)),
                ticket.releases(new UUID(0, 7), after(1460)),
                ticket.resolved(after(1500)),
                ticket.reopened(after(1700)),
                ticket.answered(after(1710)),
                ticket.resolvedAndAsks(new UUID(0, 4), after(1800)),
                ticket.stillPromises(after(1801)),
                ticket.lingers(after(1801), after(1802)),
                ticket.reopenedToNobody(after(1851)),
                ticket.breaks(new UUID(0, 3), after(1850), after(1851)),
                ticket.resolvedAndAsks(new UUID(0, 5), after(2400), after(1860)),
                ticket.closed(after(1900)),
                ticket.rated(Solved.YES, after(1950)));
    }

    private static Instant after(int minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }
}
