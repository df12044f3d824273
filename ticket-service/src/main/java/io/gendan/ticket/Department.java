package io.gendan.ticket;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

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
        List<Special> special) {

    public Department {
        special = List.copyOf(special);
    }

    /**
     * A matter with a time of its own.
     *
     * @param byLaw a limit that settings may tighten and never loosen
     */
    public record Special(String nameZh, String nameEn, Duration answers, boolean byLaw) {}
}
