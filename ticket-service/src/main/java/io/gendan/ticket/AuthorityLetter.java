package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.events.Authority;
import io.gendan.events.AuthoritySource;
import io.gendan.events.Kind;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/**
 * What asks for an answer that is filed, as whoever opens or changes a ticket tells it: the letter
 * of an authority, or a customer's request about their personal data. No letter comes with the
 * latter: it has no day of its own to be answered by, for that is the law's.
 *
 * @param number under which they keep it; absent when they have none
 * @param arrivedOn absent when it is told on the day that it came
 */
public record AuthorityLetter(
        AuthoritySource source,
        @Nullable String number,
        @Nullable LocalDate arrivedOn,
        @Nullable LocalDate dueOn) {

    private static final String HERE = "/authority";
    private static final String NUMBER = HERE + "/number";
    private static final String ARRIVED_ON = HERE + "/arrivedOn";
    private static final String DUE_ON = HERE + "/dueOn";
    private static final int LONGEST_NUMBER = 64;
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2100;

    /**
     * @throws Problem 422 when an authority's says not all of it, or one of its days is not of our
     *     time
     */
    public AuthorityLetter {
        if (number != null && number.isBlank()) {
            throw missing(NUMBER);
        }
        if (number != null && number.length() > LONGEST_NUMBER) {
            throw Problem.of(422, "too-long", LONGEST_NUMBER).at(NUMBER);
        }
        inOurTime(ARRIVED_ON, arrivedOn);
        inOurTime(DUE_ON, dueOn);
        if (source == AuthoritySource.PERSONAL_DATA) {
            if (dueOn != null) {
                throw Problem.of(422, "personal-data-due").at(DUE_ON);
            }
        } else {
            requireAll(number, arrivedOn, dueOn);
        }
    }

    private static void requireAll(
            @Nullable String number, @Nullable LocalDate arrivedOn, @Nullable LocalDate dueOn) {
        if (number == null) {
            throw missing(NUMBER);
        }
        if (arrivedOn == null) {
            throw missing(ARRIVED_ON);
        }
        if (dueOn != null && dueOn.isBefore(arrivedOn)) {
            throw Problem.of(422, "authority-due-too-early", arrivedOn).at(DUE_ON);
        }
    }

    private static Problem missing(String pointer) {
        return Problem.of(422, "required", pointer.substring(1).replace('/', '.')).at(pointer);
    }

    private static void inOurTime(String pointer, @Nullable LocalDate day) {
        if (day != null && !isOfOurTime(day)) {
            throw Problem.of(422, "authority-date").at(pointer);
        }
    }

    /** Nobody means other days, and those who count to them would never end. */
    static boolean isOfOurTime(LocalDate day) {
        return day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR;
    }

    /**
     * Only a complaint comes through an authority. About their data customers ask without blame, or
     * complain of what is done with it: the same is owed to both.
     *
     * @param pointer to what is wrong when it is not of such a kind
     * @throws Problem 422 when no ticket of the kind has one of the source
     */
    static void requireKind(AuthoritySource source, Kind kind, String pointer) {
        if (kind == Kind.COMPLAINT) {
            return;
        }
        if (source != AuthoritySource.PERSONAL_DATA) {
            throw Problem.of(422, "authority-complaints-only").at(pointer);
        }
        if (kind != Kind.REQUEST) {
            throw Problem.of(422, "personal-data-kinds").at(pointer);
        }
    }

    /**
     * @throws Problem 422 when it is of a day that is still to come
     */
    void requireArrived(LocalDate today) {
        if (arrivedOn != null && arrivedOn.isAfter(today)) {
            throw Problem.of(422, "authority-arrives-later", today).at(ARRIVED_ON);
        }
    }

    /**
     * As the ticket carries it.
     *
     * @param ticket the number of the ticket, under which it is kept when they have none
     */
    Authority of(String ticket, LocalDate today) {
        return new Authority(
                source,
                number == null ? ticket : number,
                arrivedOn == null ? today : arrivedOn,
                dueOn);
    }
}
