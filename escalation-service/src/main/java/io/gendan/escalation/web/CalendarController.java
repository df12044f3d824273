package io.gendan.escalation.web;

import static io.gendan.api.Role.ADMIN;
import static io.gendan.api.Role.AGENT;
import static io.gendan.api.Role.ANALYST;
import static io.gendan.api.Role.ESCALATION;
import static io.gendan.api.Role.OPS;
import static io.gendan.api.Role.SUPERVISOR;

import io.gendan.api.Allowed;
import io.gendan.api.Answers;
import io.gendan.api.Caller;
import io.gendan.api.Idempotency;
import io.gendan.api.IdempotencyKey;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Problem;
import io.gendan.api.Unscoped;
import io.gendan.escalation.calendar.Calendar;
import io.gendan.escalation.calendar.CalendarPage;
import io.gendan.escalation.calendar.CalendarYear;
import io.gendan.escalation.calendar.CalendarYear.DaysOff;
import io.gendan.escalation.calendar.Calendars;
import io.gendan.events.Territory;
import io.gendan.messaging.DatabaseClock;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** When time counts: hours, public holidays, moved working days. */
@RestController
@Allowed({AGENT, ESCALATION, SUPERVISOR, ANALYST, OPS, ADMIN})
class CalendarController {

    private static final Duration LONGEST = Duration.ofDays(3660);
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private final Calendars calendars;
    private final Idempotency idempotency;
    private final Answers answers;
    private final DatabaseClock clock;

    CalendarController(
            Calendars calendars, Idempotency idempotency, Answers answers, DatabaseClock clock) {
        this.calendars = calendars;
        this.idempotency = idempotency;
        this.answers = answers;
        this.clock = clock;
    }

    record NewCalendar(
            @NotNull @Pattern(regexp = "[A-Z][A-Z0-9_]{0,31}") String code,
            @NotNull @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._+-]{0,63}") String version,
            @Nullable Instant validFrom,
            @Nullable Territory territory,
            @Nullable @Min(1) @Max(4) Integer tier,
            @NotNull @Valid NewNames names,
            @Nullable ZoneId zone,
            @NotNull LocalTime opens,
            @NotNull LocalTime closes,
            @NotEmpty Set<@NotNull DayOfWeek> weekdays,
            @Nullable @Size(max = 50) List<@NotNull @Valid NewYear> years) {

        CalendarPage as(Instant now) {
            return new CalendarPage(
                    code,
                    version,
                    validFrom == null ? now : validFrom,
                    territory,
                    tier,
                    new CalendarPage.Names(names.zh, names.en),
                    zone == null ? Calendar.CHINA : zone,
                    opens,
                    closes,
                    weekdays,
                    years == null ? List.of() : years.stream().map(NewYear::as).toList());
        }
    }

    record NewNames(@NotBlank @Size(max = 80) String zh, @NotBlank @Size(max = 80) String en) {}

    record NewYear(
            @NotNull @Min(2000) @Max(2100) Integer year,
            boolean provisional,
            @NotBlank @Size(max = 200) String source,
            @NotNull @Size(max = 60) List<@NotNull @Valid NewDaysOff> off,
            @NotNull @Size(max = 60) List<@NotNull LocalDate> working) {

        CalendarYear as() {
            return new CalendarYear(
                    year,
                    provisional,
                    source,
                    off.stream().map(o -> new DaysOff(o.from, o.until, o.name)).toList(),
                    working);
        }
    }

    record NewDaysOff(
            @NotNull LocalDate from,
            @NotNull LocalDate until,
            @NotBlank @Size(max = 40) String name) {}

    record NewYears(
            @NotNull @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._+-]{0,31}") String version,
            @Nullable Instant validFrom,
            @NotNull @Valid NewYear year) {}

    /** What would be due when, and by which version. */
    record Deadline(
            String calendar, String version, Instant start, Duration duration, Instant dueAt) {}

    @GetMapping("/api/calendars")
    @Unscoped("working hours, the same for all")
    Page<CalendarPage> calendars(@RequestParam @Nullable String code, Paging paging) {
        return calendars.list(code, paging);
    }

    @GetMapping("/api/calendars/{code}/versions/{version}")
    @Unscoped("working hours, the same for all")
    CalendarPage calendar(@PathVariable String code, @PathVariable String version) {
        return calendars.find(code, version).map(Calendar::page).orElseThrow(Problem::notFound);
    }

    @GetMapping("/api/calendars/{code}/deadline")
    @Unscoped("working hours, the same for all")
    Deadline deadline(
            @PathVariable String code,
            @RequestParam Instant start,
            @RequestParam Duration duration,
            @RequestParam @Nullable Territory territory,
            @RequestParam @Nullable Integer tier) {
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw Problem.of(400, "parameter-invalid", "duration").with("parameter", "duration");
        }
        if (start.isBefore(EARLIEST) || start.isAfter(LATEST)) {
            throw Problem.of(400, "parameter-invalid", "start").with("parameter", "start");
        }
        if (!calendars.codes().contains(code)) {
            throw Problem.notFound();
        }
        var calendar = calendars.inForce(code, territory, tier, start);
        return new Deadline(
                code, calendar.version(), start, duration, calendar.add(start, duration));
    }

    /** Imports a version; clocks that start from its {@code validFrom} on count by it. */
    @PostMapping("/api/calendars")
    @Allowed(SUPERVISOR)
    @Unscoped("working hours, the same for all")
    ResponseEntity<String> add(
            @Valid @RequestBody NewCalendar imported, IdempotencyKey key, Caller caller) {
        return idempotency
                .once(
                        key,
                        () -> {
                            var now = clock.now();
                            var page = imported.as(now);
                            calendars.add(page, caller.id(), now);
                            return answers.created(
                                    "/api/calendars/%s/versions/%s"
                                            .formatted(page.code(), page.version()),
                                    page);
                        })
                .toResponse();
    }

    /** Imports the notice of a year into each calendar that keeps holidays, as a new version. */
    @PostMapping("/api/calendars/years")
    @Allowed(SUPERVISOR)
    @Unscoped("working hours, the same for all")
    ResponseEntity<String> addYear(
            @Valid @RequestBody NewYears imported, IdempotencyKey key, Caller caller) {
        return idempotency
                .once(
                        key,
                        () -> {
                            var now = clock.now();
                            var from = imported.validFrom == null ? now : imported.validFrom;
                            var year = imported.year.as();
                            return answers.of(
                                    201,
                                    Map.of(),
                                    calendars.addYear(
                                            year, imported.version, from, caller.id(), now));
                        })
                .toResponse();
    }
}
