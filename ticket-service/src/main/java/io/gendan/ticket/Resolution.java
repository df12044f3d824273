package io.gendan.ticket;

import io.gendan.events.ResolvedAs;
import io.gendan.events.ResponsibleSide;
import io.gendan.events.RootCause;
import io.gendan.events.SuggestionOutcome;
import io.gendan.events.TicketEvent.TicketResolved;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/**
 * How a ticket was solved, as whoever solved it says.
 *
 * @param result in words; of a suggestion that is not adopted also why
 * @param proof by which of the means of its category it counts as solved
 * @param responsibleSide who is at fault, of a complaint
 * @param rootCause what went wrong, of a complaint
 * @param suggestionOutcome what becomes of a suggestion
 * @param plannedFor when, of a suggestion that is adopted or planned
 * @param statements what more the means asks for that it is solved by, by code
 */
public record Resolution(
        @Nullable String result,
        @Nullable String proof,
        @Nullable ResponsibleSide responsibleSide,
        @Nullable RootCause rootCause,
        @Nullable SuggestionOutcome suggestionOutcome,
        @Nullable LocalDate plannedFor,
        Map<String, String> statements) {

    /** Most means ask for nothing more. */
    public Resolution {
        statements = Objects.requireNonNullElse(statements, Map.of());
    }

    public static Resolution inWords(@Nullable String result) {
        return new Resolution(result, null, null, null, null, null, Map.of());
    }

    Resolution withResult(@Nullable String other) {
        return new Resolution(
                other,
                proof,
                responsibleSide,
                rootCause,
                suggestionOutcome,
                plannedFor,
                statements);
    }

    Resolution masked() {
        var said = new TreeMap<String, String>();
        statements.forEach((code, text) -> said.put(code, Masking.mask(text)));
        return new Resolution(
                result == null ? null : Masking.mask(result),
                proof,
                responsibleSide,
                rootCause,
                suggestionOutcome,
                plannedFor,
                said);
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
                asksAt,
                statements.isEmpty() ? null : Course.told(statements));
    }
}
