package io.gendan.escalation.web;

import io.gendan.escalation.Clock;
import io.gendan.escalation.Deferral;
import io.gendan.escalation.Pause;
import io.gendan.escalation.calendar.Rest;

import org.jspecify.annotations.Nullable;

import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/** Explains clocks to people, in Chinese or English. */
final class ClockWords {

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_DEFAULT);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final String CHINESE = Locale.SIMPLIFIED_CHINESE.getLanguage();

    private final Locale language;
    private final ResourceBundle texts;

    private ClockWords(Locale language) {
        this.language = language;
        this.texts = ResourceBundle.getBundle("clocks", language, NO_FALLBACK);
    }

    /** In the best of the two languages that a header {@code Accept-Language} names, or English. */
    static ClockWords in(@Nullable String acceptLanguage) {
        return new ClockWords(isChinese(acceptLanguage) ? Locale.SIMPLIFIED_CHINESE : Locale.ROOT);
    }

    Locale language() {
        return language.equals(Locale.ROOT) ? Locale.ENGLISH : language;
    }

    String explain(Clock clock) {
        return explain(clock, null);
    }

    /**
     * Why it is due then: target, policy, calendar, rests, and how it stands.
     *
     * @param deferral of the climb by it
     */
    String explain(Clock clock, @Nullable Deferral deferral) {
        var sentences = new ArrayList<String>();
        sentences.add(clock.isByPolicy() ? target(clock) : text("named." + clock.kind()));
        sentences.add(text("started", time(clock.startedAt(), clock)));
        clock.calendar().rests().forEach(rest -> sentences.add(rest(rest, clock)));
        clock.pauses().forEach(pause -> sentences.add(rest(pause, clock)));
        for (var step : clock.steps().taken()) {
            sentences.add(text("stepped." + step.what(), time(step.at(), clock)));
        }
        sentences.addAll(standing(clock));
        if (deferral != null) {
            sentences.add(text("deferred", time(deferral.until(), clock), deferral.toTier()));
        }
        return String.join(text("space"), sentences);
    }

    private String target(Clock clock) {
        return text(
                "target",
                text("clock." + clock.kind()),
                words(clock.target()),
                calendar(clock),
                clock.calendar().code() + " " + clock.calendar().version(),
                clock.policyVersion(),
                because(clock.basis()));
    }

    private List<String> standing(Clock clock) {
        var ended = clock.endedAt();
        return switch (clock.state()) {
            case RUNNING -> running(clock);
            case PAUSED -> {
                var left = clock.remaining();
                yield List.of(text("paused", words(left == null ? Duration.ZERO : left)));
            }
            case STOPPED ->
                    ended == null
                            ? List.of()
                            : List.of(
                                    text(
                                            ended.isAfter(clock.dueAt())
                                                    ? "stopped.late"
                                                    : "stopped.in-time",
                                            time(ended, clock),
                                            time(clock.dueAt(), clock)));
            case MERGED -> List.of(text("merged", time(clock.dueAt(), clock)));
            case ELAPSED ->
                    List.of(
                            text(
                                    clock.grace().isZero() ? "elapsed" : "elapsed.later",
                                    time(clock.dueAt(), clock),
                                    time(clock.climbsAt(), clock)));
        };
    }

    private List<String> running(Clock clock) {
        var sentences = new ArrayList<String>();
        for (var step : clock.stepsAhead()) {
            sentences.add(text("step." + step.what(), time(clock.takes(step), clock)));
        }
        sentences.add(text("running", time(clock.dueAt(), clock), clock.calendar().page().zone()));
        if (!clock.grace().isZero()) {
            sentences.add(text("climbs", time(clock.climbsAt(), clock)));
        }
        return sentences;
    }

    private String rest(Pause pause, Clock clock) {
        var reason = text("pause." + pause.reason());
        var until = pause.until();
        return until == null
                ? text("rests", time(pause.from(), clock), reason)
                : text("rested", time(pause.from(), clock), time(until, clock), reason);
    }

    private String rest(Rest rest, Clock clock) {
        var from = time(rest.from(), clock);
        return text("emergency", from, time(rest.until(), clock), rest.because());
    }

    private String calendar(Clock clock) {
        var names = clock.calendar().page().names();
        return language.equals(Locale.ROOT) ? names.en() : names.zh();
    }

    /** From {@code kind=COMPLAINT tier=1 pressing} to words. */
    private String because(String basis) {
        return basis.isBlank()
                ? text("basis.any")
                : Arrays.stream(basis.split(" "))
                        .map(this::condition)
                        .collect(Collectors.joining(text("comma")));
    }

    private String condition(String condition) {
        var parts = condition.split("=", 2);
        return parts[0].equals("tier")
                ? text("basis.tier", parts[1])
                : text("basis." + condition.replace('=', '.'));
    }

    private String words(Duration time) {
        var parts = new ArrayList<String>();
        if (time.toHours() > 0) {
            parts.add(text("hours", time.toHours()));
        }
        if (time.toMinutesPart() > 0) {
            parts.add(text("minutes", time.toMinutesPart()));
        }
        if (time.toSecondsPart() > 0 || parts.isEmpty()) {
            parts.add(text("seconds", time.toSecondsPart()));
        }
        return String.join(" ", parts);
    }

    private static String time(Instant at, Clock clock) {
        return TIME.format(at.atZone(clock.calendar().page().zone()));
    }

    private String text(String key, Object... arguments) {
        var plain = Arrays.stream(arguments).map(String::valueOf).toArray();
        return new MessageFormat(texts.getString(key), language).format(plain);
    }

    private static boolean isChinese(@Nullable String acceptLanguage) {
        if (acceptLanguage == null) {
            return false;
        }
        try {
            return Locale.LanguageRange.parse(acceptLanguage).stream()
                    .filter(range -> range.getWeight() > 0)
                    .map(range -> range.getRange().split("-", 2)[0])
                    .filter(wanted -> wanted.equals(CHINESE) || wanted.equals("en"))
                    .findFirst()
                    .filter(CHINESE::equals)
                    .isPresent();
        } catch (IllegalArgumentException notALanguageList) {
            return false;
        }
    }
}
