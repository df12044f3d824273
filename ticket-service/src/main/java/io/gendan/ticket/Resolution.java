package io.gendan.ticket;

import io.gendan.events.ResolvedAs;
import io.gendan.events.ResponsibleSide;
import io.gendan.events.RootCause;
import io.gendan.events.SuggestionOutcome;
import io.gendan.events.TicketEvent.TicketResolved;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;

/**
 * How a ticket was solved, as whoever solved it says.
 *
 * @param result in words; of a suggestion that is not adopted also why
 * @param proof by which of the means of its category it counts as solved
 * @param responsibleSide who is at fault, of a complaint
 * @param rootCause what went wrong, of a complaint
 * @param suggestionOutcome what becomes of a suggestion
 * @param plannedFor when, of a suggestion that is adopted
 */
public record Resolution(
        @Nullable String result,
        @Nullable String proof,
        @Nullable ResponsibleSide responsibleSide,
        @Nullable RootCause rootCause,
        @Nullable SuggestionOutcome suggestionOutcome,
        @Nullable LocalDate plannedFor) {

    public static Resolution inWords(@Nullable String result) {
        return new Resolution(result, null, null, null, null, null);
    }

    Resolution withResult(@Nullable String other) {
        return new Resolution(
                other, proof, responsibleSide, rootCause, suggestionOutcome, plannedFor);
    }

    Resolution masked() {
        return result == null ? this : withResult(Masking.mask(result));
    }

    /** With the day of what is planned. */
    @Nullable String told() {
        return result == null || plannedFor == null ? result : result + " · " + plannedFor;
    }

    /**
     * @param surveyId absent when the customer is not asked
     * @param asksAt so, too
     */
    TicketResolved told(
            Stamp stamp,
            String agent,
            ResolvedAs as,
            @Nullable UUID surveyId,
            @Nullable Instant asksAt) {
        return new TicketResolved(
                stamp.ticketId(),
                stamp.round(),
                stamp.stay(),
                stamp.at(),
                agent,
                Objects.requireNonNull(told()),
                as,
                surveyId,
                responsibleSide,
                rootCause,
                suggestionOutcome,
                proof,
                asksAt);
    }
}
