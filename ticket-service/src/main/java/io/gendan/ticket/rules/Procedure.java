package io.gendan.ticket.rules;

import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The steps that a ticket of a kind passes, in their order (处理流程). */
public record Procedure(
        @NotNull Kind kind, @NotEmpty @Size(max = 30) List<@NotNull @Valid Step> steps) {

    /** Who sees to a step. */
    public enum Who {
        ASSIGNEE,
        LEADER,
        DEPARTMENT,
        CUSTOMER,
        SYSTEM
    }

    /** What happens to a ticket that does a step by itself. */
    public enum Deed {
        /** The assignee took it up. */
        ACCEPT,
        /** We said something to the customer. */
        MESSAGE,
        /** The customer agreed to a plan with a date, and the ticket waits for it. */
        AGREE,
        /** The customer did not reply to us in time, and it was resolved by that. */
        NO_REPLY,
        /** It was resolved, with what must be said then. */
        RESOLVE,
        /** Cause and measure were written. */
        REVIEW,
        /** The customer said that it is solved, or did not object in time. */
        CONFIRM,
        /** The answer was filed, to an authority or to who asked about their data. */
        FILE,
        CLOSE
    }

    /**
     * @param mandatory whether a ticket is closed as solved only after it
     * @param due absent when nothing but the ticket itself is due
     * @param doneBy any of these does it; by hand when empty
     * @param categories top or full codes: only tickets of these pass it; all do when absent
     * @param noted whether whoever does it by hand says what came of it; they need not when absent
     * @param mandatoryFor those that are closed as solved only after it, when not all are
     */
    public record Step(
            @NotNull @Pattern(regexp = ServiceRules.CODE) String code,
            @NotBlank @Size(max = 80) String nameZh,
            @NotBlank @Size(max = 80) String nameEn,
            @NotNull Who who,
            boolean mandatory,
            @Nullable @Valid Due due,
            @NotNull Set<@NotNull Deed> doneBy,
            @Nullable @Size(min = 1, max = 50)
                    Set<@NotNull @Pattern(regexp = ServiceRules.CATEGORY) String> categories,
            @Nullable Boolean noted,
            @Nullable @Valid Pressing mandatoryFor) {

        public boolean isMandatoryFor(Priority priority, @Nullable Major major) {
            return mandatory || mandatoryFor != null && mandatoryFor.includes(priority, major);
        }

        public boolean isFor(String category) {
            return categories == null || ServiceRules.includes(categories, category);
        }

        public boolean needsNote() {
            return Boolean.TRUE.equals(noted);
        }

        /** Whether somebody may say that it is done; the words of a review are its doing. */
        public boolean canBeDoneByHand() {
            return switch (who) {
                case ASSIGNEE, LEADER, DEPARTMENT -> !doneBy.contains(Deed.REVIEW);
                case CUSTOMER, SYSTEM -> false;
            };
        }
    }

    /** Tickets that press. One of these is enough. */
    public record Pressing(
            @NotNull Set<@NotNull Priority> priorities, @NotNull Set<@NotNull Major> majors) {

        private boolean includes(Priority priority, @Nullable Major major) {
            return priorities.contains(priority) || major != null && majors.contains(major);
        }
    }

    /**
     * When a step is due.
     *
     * @param calendar by which it is counted: {@code ALWAYS} or {@code WORKDAYS}
     * @param after from when it counts; from the opening when absent
     */
    public record Due(
            @NotNull Duration within,
            @NotNull @Pattern(regexp = ServiceRules.CODE) String calendar,
            @Nullable Deed after) {

        static final Set<String> CALENDARS = Set.of("ALWAYS", WorkingDays.CODE);

        /** Empty by a calendar that is not one of these. */
        public Optional<Instant> from(Instant start, WorkingDays days) {
            return switch (calendar) {
                case "ALWAYS" -> Optional.of(start.plus(within));
                case WorkingDays.CODE -> Optional.of(days.add(start, within));
                default -> Optional.empty();
            };
        }
    }

    public Optional<Step> step(String code) {
        return steps.stream().filter(step -> step.code().equals(code)).findFirst();
    }
}
