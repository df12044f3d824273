package io.gendan.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.ClockKind;
import io.gendan.events.EscalationEvent;
import io.gendan.events.EscalationEvent.ClockWarned;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.TicketEvent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A time to begin at, targets that anybody can count, and what there is to see of a watch. */
final class WatchFixtures {

    static final Instant START = Instant.parse("2026-02-28T23:30:00Z");
    static final Targets TARGETS = SimpleTargets.ofAllTiers();

    /** What is promised. */
    static final UUID CALL = UUID.randomUUID();

    private WatchFixtures() {}

    static Instant after(int minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }

    static Firing hear(Watch watch, TicketEvent event) {
        return Firing.hearing(watch, event, TARGETS, event::at);
    }

    static List<Clock> clocks(Watch watch, ClockKind kind) {
        return watch.clocks().stream().filter(clock -> clock.kind() == kind).toList();
    }

    static Clock only(Watch watch, ClockKind kind) {
        assertThat(clocks(watch, kind)).hasSize(1);
        return clocks(watch, kind).getFirst();
    }

    static List<EscalationRaised> raised(Firing firing) {
        return told(firing, EscalationRaised.class);
    }

    static List<ClockWarned> warnings(Firing firing) {
        return told(firing, ClockWarned.class);
    }

    private static <E extends EscalationEvent> List<E> told(Firing firing, Class<E> type) {
        return firing.events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    static List<EscalationEvent> besidesWarnings(Firing firing) {
        return firing.events().stream().filter(event -> !(event instanceof ClockWarned)).toList();
    }
}
