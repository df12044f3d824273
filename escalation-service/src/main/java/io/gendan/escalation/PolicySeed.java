package io.gendan.escalation;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private PolicySeed() {}

    static List<PolicyPage> pages() {
        return Stream.of(withCalendars(), withWaits()).flatMap(List::stream).toList();
    }

    static List<PolicyPage> withCalendars() {
        return pages(WITH_CALENDARS, Map.of());
    }

    /** The same with the limits of waits and surveys. */
    static List<PolicyPage> withWaits() {
        var bases =
                withCalendars().stream()
                        .collect(Collectors.toMap(PolicyPage::version, Function.identity()));
        return pages(WITH_WAITS, bases);
    }

    private static List<PolicyPage> pages(List<String> files, Map<String, PolicyPage> bases) {
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
