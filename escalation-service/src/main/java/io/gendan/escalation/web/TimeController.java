package io.gendan.escalation.web;

import static io.gendan.api.Role.ADMIN;
import static io.gendan.api.Role.AGENT;
import static io.gendan.api.Role.ANALYST;
import static io.gendan.api.Role.ESCALATION;
import static io.gendan.api.Role.OPS;
import static io.gendan.api.Role.SUPERVISOR;

import io.gendan.api.Allowed;
import io.gendan.api.Caller;
import io.gendan.api.Unscoped;
import io.gendan.escalation.Clock;
import io.gendan.escalation.ClockState;
import io.gendan.escalation.EscalationDesk;
import io.gendan.escalation.Lateness;
import io.gendan.escalation.Pause;
import io.gendan.escalation.Watch;
import io.gendan.events.ClockKind;
import io.gendan.events.ClockStep;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

@RestController
class TimeController {

    private final EscalationDesk desk;
    private final Lateness lateness;

    TimeController(EscalationDesk desk, Lateness lateness) {
        this.desk = desk;
        this.lateness = lateness;
    }

    record Clocks(UUID ticketId, String policyVersion, List<ClockView> clocks) {}

    record CalendarView(String code, String version) {}

    /**
     * @param explanation why it is due then, in the language asked for
     * @param about which promise, wait or survey; absent for the kinds of which one runs at a time
     * @param policyVersion whose target it has; absent when somebody named the time
     * @param basis the conditions of the line that decided it, as {@code kind=COMPLAINT tier=1}
     * @param dueAt absent while it rests
     * @param climbsAt when the ticket climbs by it, if it runs; later than it was to when put off
     */
    record ClockView(
            ClockKind kind,
            int number,
            @Nullable UUID about,
            int stay,
            ClockState state,
            String explanation,
            @Nullable String policyVersion,
            CalendarView calendar,
            String basis,
            Duration target,
            Instant startedAt,
            @Nullable Instant dueAt,
            @Nullable Instant climbsAt,
            @Nullable Duration remaining,
            @Nullable Instant endedAt,
            List<StepView> steps,
            List<Pause> pauses) {

        static ClockView of(Clock clock, Watch watch, ClockWords words) {
            var rests = clock.state() == ClockState.PAUSED;
            var deferral = watch.deferralOf(clock);
            return new ClockView(
                    clock.kind(),
                    clock.number(),
                    clock.about(),
                    clock.stay(),
                    clock.state(),
                    words.explain(clock, deferral),
                    clock.isByPolicy() ? clock.policyVersion() : null,
                    new CalendarView(clock.calendar().code(), clock.calendar().version()),
                    clock.basis(),
                    clock.target(),
                    clock.startedAt(),
                    rests ? null : clock.dueAt(),
                    clock.state() == ClockState.RUNNING
                            ? deferral == null ? clock.climbsAt() : deferral.until()
                            : null,
                    clock.remaining(),
                    clock.endedAt(),
                    StepView.of(clock),
                    clock.pauses());
        }
    }

    /**
     * What is done before it runs out.
     *
     * @param dueAt when it is to be done, while the clock runs
     * @param takenAt when it was done
     */
    record StepView(
            ClockStep what, Duration after, @Nullable Instant dueAt, @Nullable Instant takenAt) {

        static List<StepView> of(Clock clock) {
            var taken =
                    clock.steps().taken().stream()
                            .map(step -> new StepView(step.what(), step.after(), null, step.at()));
            var coming =
                    clock.stepsAhead().stream()
                            .map(
                                    step ->
                                            new StepView(
                                                    step.what(),
                                                    step.after(),
                                                    clock.state() == ClockState.RUNNING
                                                            ? clock.takes(step)
                                                            : null,
                                                    null));
            return Stream.concat(taken, coming).toList();
        }
    }

    record LatenessView(
            Lateness.Figures dueToRaised, Lateness.Figures dueToEscalated, String unit) {}

    @GetMapping("/api/tickets/{id}/clocks")
    @Allowed({AGENT, ESCALATION, SUPERVISOR, ADMIN})
    ResponseEntity<Clocks> clocks(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false)
                    @Nullable String acceptLanguage,
            Caller caller) {
        var watch = desk.watch(id, desk.scope(caller));
        var words = ClockWords.in(acceptLanguage);
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_LANGUAGE, words.language().toLanguageTag())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .body(
                        new Clocks(
                                id,
                                watch.facts().policyVersion(),
                                watch.clocks().stream()
                                        .map(clock -> ClockView.of(clock, watch, words))
                                        .toList()));
    }

    @GetMapping("/api/lateness")
    @Unscoped("counts and durations")
    @Allowed({SUPERVISOR, ANALYST, OPS, ADMIN})
    LatenessView lateness() {
        return new LatenessView(lateness.dueToRaised(), lateness.dueToEscalated(), "ms");
    }
}
