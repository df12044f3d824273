package io.gendan.escalation;

import io.gendan.events.AlarmEvent.PolicyUnmatched;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Says so when a clock runs by the last resort of its policy: nobody thought of such a ticket. */
@Component
class Unmatched {

    private final Alarms alarms;
    private final MeterRegistry meters;

    Unmatched(Alarms alarms, MeterRegistry meters) {
        this.alarms = alarms;
        this.meters = meters;
    }

    void alarm(Watch watch, List<Clock> before, Instant now) {
        for (var clock : watch.unmatchedSince(before)) {
            meters.counter("gendan.policy.unmatched", "clock", clock.kind().name()).increment();
            alarms.ring(alarm(watch, clock, now));
        }
    }

    private static PolicyUnmatched alarm(Watch watch, Clock clock, Instant now) {
        var facts = watch.facts();
        int tier = watch.standing().tier();
        return new PolicyUnmatched(
                "policy-unmatched:%s:%s:%s:%s:%s:%s:%s:%d:%s"
                        .formatted(
                                clock.policyVersion(),
                                clock.kind(),
                                facts.kind(),
                                facts.channel(),
                                facts.priority(),
                                facts.major(),
                                facts.vip() ? "vip" : "all",
                                tier,
                                LocalDate.ofInstant(now, ZoneOffset.UTC)),
                now,
                clock.policyVersion(),
                clock.kind(),
                facts.id(),
                facts.kind(),
                facts.channel(),
                facts.priority(),
                facts.major(),
                facts.vip(),
                tier);
    }
}
