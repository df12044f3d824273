package io.gendan.ticket.rules;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/**
 * Which facts make a complaint press; what is absent never does.
 *
 * @param contacts which call or chat of the customer
 * @param reopenings which reopening
 * @param brokenPromises which of our promises that is broken
 * @param claim how many yuan the customer claims, at least
 */
public record Raises(
        @Nullable @Min(1) Integer contacts,
        @Nullable @Min(1) Integer reopenings,
        @Nullable @Min(1) Integer brokenPromises,
        @Nullable @DecimalMin("0") BigDecimal claim) {

    static final Raises NONE = new Raises(null, null, null, null);

    /** Whether they came to be that many since they were so few. */
    public boolean byContacts(int before, int now) {
        return reaches(contacts, before, now);
    }

    public boolean byReopenings(int before, int now) {
        return reaches(reopenings, before, now);
    }

    public boolean byBrokenPromises(int before, int now) {
        return reaches(brokenPromises, before, now);
    }

    private static boolean reaches(@Nullable Integer which, int before, int now) {
        return which != null && before < which && which <= now;
    }

    public boolean byClaim(@Nullable BigDecimal claimed) {
        return claim != null && claimed != null && claimed.compareTo(claim) >= 0;
    }
}
