package io.gendan.ticket;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;

/**
 * Who answers for what a category is about. Internal ones answer themselves, external ones are
 * reached through their sponsor.
 *
 * @param sponsor the department through which an external one is reached
 * @param calendar code of the calendar of escalation-service by which its times are counted
 * @param accepts how soon it takes a task
 * @param answers how soon it has done one
 * @param answersPressing the same for VIP and urgent tickets
 * @param answerCalendar by which answers are counted, where that is another one
 * @param headToldAtPercent how much of its time has passed when its head is told
 * @param special times of certain matters, which win over the general one
 * @param opens from when it works on a day of its calendar, where that leaves it to its user
 * @param closes until when, the same
 * @param duties when somebody of it is there besides
 */
public record Department(
        String code,
        String nameZh,
        String nameEn,
        @Nullable String sponsor,
        String calendar,
        Duration accepts,
        Duration answers,
        @Nullable Duration answersPressing,
        @Nullable String answerCalendar,
        int headToldAtPercent,
        List<Special> special,
        @Nullable LocalTime opens,
        @Nullable LocalTime closes,
        Set<Duty> duties) {

    public Department {
        special = List.copyOf(special);
        duties = Set.copyOf(duties);
    }

    /** When somebody of a department is there besides its calendar. */
    public enum Duty {
        WEEKENDS,
        CAMPAIGN_DAYS,
        ON_CALL_FOR_MAJOR
    }

    /**
     * A matter with a time of its own.
     *
     * @param byLaw a limit that settings may tighten and never loosen
     * @param accepts how soon it takes a task about it; as soon as any other when absent
     */
    public record Special(
            String nameZh,
            String nameEn,
            Duration answers,
            boolean byLaw,
            @Nullable Duration accepts) {

        boolean keeps(Special limit) {
            return nameEn.equals(limit.nameEn) && byLaw && answers.compareTo(limit.answers) <= 0;
        }
    }

    boolean isBoundByLaw() {
        return special.stream().anyMatch(Special::byLaw);
    }

    /** Whether each limit that the law sets the other stands here, as it is or stricter. */
    boolean keepsTheLawOf(Department other) {
        return other.special.stream()
                .filter(Special::byLaw)
                .allMatch(limit -> special.stream().anyMatch(matter -> matter.keeps(limit)));
    }
}
