package io.gendan.escalation;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The versions of the policy that a fresh system has: the JSON files under {@code policies/}. */
final class PolicySeed {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A version comes after the one it changes. */
    private static final List<String> WITH_CALENDARS =
            List.of("2026.2", "peak-2027-spring-festival", "peak-2027-618", "peak-2027-1111");

    private static final List<String> WITH_WAITS =
            List.of("2026.3", "peak-2027-spring-festival.2", "peak-2027-618.2", "peak-2027-1111.2");

    private static final List<String> WITH_STEPS =
            List.of("2026.4", "peak-2027-spring-festival.3", "peak-2027-618.3", "peak-2027-1111.3");

    private static final List<String> WITH_AUTHORITIES =
            List.of("2026.5", "peak-2027-spring-festival.4", "peak-2027-618.4", "peak-2027-1111.4");

    private static final List<String> WITH_SURGE =
            List.of("2026.6", "peak-2027-spring-festival.5", "peak-2027-618.5", "peak-2027-1111.5");

    private static final List<String> WITH_CLOSING =
            List.of("2026.7", "peak-2027-spring-festival.6", "peak-2027-618.6", "peak-2027-1111.6");

    private static final List<String> WITH_FIRST_CALLS_AND_SEARCHES =
            List.of("2026.8", "peak-2027-spring-festival.7", "peak-2027-618.7", "peak-2027-1111.7");

    private static final List<String> WITH_PERSONAL_DATA =
            List.of("2026.9", "peak-2027-spring-festival.8", "peak-2027-618.8", "peak-2027-1111.8");

    private PolicySeed() {}

    static List<PolicyPage> pages() {
        return Stream.of(
                        withCalendars(),
                        withWaits(),
                        withSteps(),
                        withAuthorities(),
                        withSurge(),
                        withClosing(),
                        withFirstCallsAndSearches(),
                        withPersonalData())
                .flatMap(List::stream)
                .toList();
    }

    static List<PolicyPage> withCalendars() {
        return pages(WITH_CALENDARS, List.of());
    }

    /** The same with the limits of waits and surveys. */
    static List<PolicyPage> withWaits() {
        return pages(WITH_WAITS, withCalendars());
    }

    /** The same with what is done before a clock runs out. */
    static List<PolicyPage> withSteps() {
        return pages(WITH_STEPS, withWaits());
    }

    /** The same with the deadlines of authorities. */
    static List<PolicyPage> withAuthorities() {
        return pages(WITH_AUTHORITIES, withSteps());
    }

    /** The same with climbs that are put off when the line of a tier is long. */
    static List<PolicyPage> withSurge() {
        return pages(WITH_SURGE, withAuthorities());
    }

    /** The same with how long what is solved may be left unclosed. */
    static List<PolicyPage> withClosing() {
        return pages(WITH_CLOSING, withSurge());
    }

    /**
     * The same with the first call to who complains of something major, however they wrote, and
     * with the time that a carrier has to look for a parcel.
     */
    static List<PolicyPage> withFirstCallsAndSearches() {
        return pages(WITH_FIRST_CALLS_AND_SEARCHES, withClosing());
    }

    /** The same with the deadline of requests about personal data. */
    static List<PolicyPage> withPersonalData() {
        return pages(WITH_PERSONAL_DATA, withFirstCallsAndSearches());
    }

    private static List<PolicyPage> pages(List<String> files, List<PolicyPage> earlier) {
        var bases =
                earlier.stream()
                        .collect(Collectors.toMap(PolicyPage::version, Function.identity()));
        var pages = new LinkedHashMap<String, PolicyPage>();
        for (var file : files) {
            var draft = read(file);
            var base = draft.base();
            pages.put(
                    draft.version(),
                    draft.page(
                            base == null ? null : bases.getOrDefault(base, pages.get(base)),
                            Instant.EPOCH));
        }
        return List.copyOf(pages.values());
    }

    private static PolicyDraft read(String file) {
        var resource = "/policies/" + file + ".json";
        try (InputStream in = PolicySeed.class.getResourceAsStream(resource)) {
            return JSON.readValue(Objects.requireNonNull(in, resource), PolicyDraft.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
