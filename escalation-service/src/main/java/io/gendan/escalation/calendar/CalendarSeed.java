package io.gendan.escalation.calendar;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** The calendars that a fresh system has: the JSON files under {@code calendars/}. */
public final class CalendarSeed {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<CalendarPage>> PAGES = new TypeReference<>() {};
    private static final int FIRST_YEAR = 2025;
    private static final int LAST_YEAR = 2027;

    private CalendarSeed() {}

    /** Those that keep to working days have the years in them. */
    public static List<Calendar> calendars() {
        var years = IntStream.rangeClosed(FIRST_YEAR, LAST_YEAR).mapToObj(CalendarSeed::year);
        var china = years.toList();
        return read("calendars/hours.json", PAGES).stream()
                .map(page -> page.weekdays().size() < 7 ? page.with(china) : page)
                .map(Calendar::of)
                .toList();
    }

    static CalendarYear year(int year) {
        return read("calendars/china-" + year + ".json", new TypeReference<>() {});
    }

    private static <T> T read(String resource, TypeReference<T> type) {
        try (InputStream in = CalendarSeed.class.getResourceAsStream("/" + resource)) {
            return JSON.readValue(Objects.requireNonNull(in, resource), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
