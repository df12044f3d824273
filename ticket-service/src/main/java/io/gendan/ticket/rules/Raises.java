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

    public boolean atContact(int count) {
        return contacts != null && contacts == count;
    }

    public boolean atReopening(int count) {
        return reopenings != null && reopenings == count;
    }

    public boolean atBrokenPromise(int count) {
        return brokenPromises != null && brokenPromises == count;
    }

    public boolean byClaim(@Nullable BigDecimal claimed) {
        return claim != null && claimed != null && claimed.compareTo(claim) >= 0;
    }
}
