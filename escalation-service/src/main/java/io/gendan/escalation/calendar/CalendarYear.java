package io.gendan.escalation.calendar;

import io.gendan.api.Problem;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;

/**
 * The public holidays and moved working days (调休) of one year.
 *
 * @param provisional only what follows from the law: the notice with the moved days is not out yet
 * @param source where it is published
 * @param off free days, whatever their weekday
 * @param working working days, whatever their weekday
 */
public record CalendarYear(
        int year, boolean provisional, String source, List<DaysOff> off, List<LocalDate> working) {

    /** Both days included. */
    public record DaysOff(LocalDate from, LocalDate until, String name) {}

    public CalendarYear {
        off = List.copyOf(off);
        working = List.copyOf(working);
    }

    /**
     * @param pointer of this year within what is checked
     * @throws Problem 422 when the days contradict each other or the year
     */
    void check(String pointer) {
        var taken = new HashSet<LocalDate>();
        for (int i = 0; i < off.size(); i++) {
            var days = off.get(i);
            var here = pointer + "/off/" + i;
            if (days.from().isAfter(days.until())) {
                throw CalendarPage.invalid(here + "/until", "Order");
            }
            inYear(days.from(), here + "/from");
            inYear(days.until(), here + "/until");
            days.from()
                    .datesUntil(days.until().plusDays(1))
                    .forEach(day -> once(taken.add(day), here));
        }
        for (int i = 0; i < working.size(); i++) {
            var here = pointer + "/working/" + i;
            inYear(working.get(i), here);
            once(taken.add(working.get(i)), here);
        }
    }

    private void inYear(LocalDate day, String pointer) {
        if (day.getYear() != year) {
            throw CalendarPage.invalid(pointer, "OfTheYear");
        }
    }

    private static void once(boolean first, String pointer) {
        if (!first) {
            throw CalendarPage.invalid(pointer, "OnlyOnce");
        }
    }
}
