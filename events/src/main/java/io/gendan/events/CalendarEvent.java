package io.gendan.events;

import org.jspecify.annotations.Nullable;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * The calendars by which time counts. Topic {@link Topics#CALENDARS}, compacted, told by
 * escalation-service.
 */
public sealed interface CalendarEvent extends Event {

    String code();

    String version();

    @Override
    default String key() {
        return code() + "/" + version();
    }

    /**
     * A version of a calendar, which never changes: on which days there is work, whatever the
     * hours.
     *
     * @param validFrom for what starts from then on
     * @param territory whose it is; absent for all
     * @param tier whose it is; absent for all
     * @param zone in which its days begin
     * @param weekdays on which there is work, but for what the years say
     * @param years whose public holidays are known
     */
    record CalendarWritten(
            String code,
            String version,
            Instant at,
            Instant validFrom,
            @Nullable Territory territory,
            @Nullable Integer tier,
            String zone,
            List<DayOfWeek> weekdays,
            List<Year> years)
            implements CalendarEvent {}

    /**
     * The public holidays and moved working days (调休) of a year.
     *
     * @param provisional only what follows from the law: the notice is not out yet
     * @param off free days, whatever their weekday
     * @param working working days, whatever their weekday
     */
    record Year(int year, boolean provisional, List<DaysOff> off, List<LocalDate> working) {}

    /** Both days included. */
    record DaysOff(LocalDate from, LocalDate until) {}
}
