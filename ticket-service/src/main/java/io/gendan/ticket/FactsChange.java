package io.gendan.ticket;

import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Phase;
import io.gendan.events.Priority;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/**
 * What somebody says a ticket is about instead; what is absent stays.
 *
 * @param priority when absent and the kind or the category is another, the one that these have; but
 *     what was raised stays so, unless a leader says otherwise
 * @param letter of the authority that asks about it, or its request about personal data
 * @param noMajor that it is not major after all, which leaders say
 * @param noAuthority that the letter is not its own after all, which leaders say; what it was major
 *     by goes with it, unless they say that it is so all the same
 * @param claim in yuan: 0 when the customer claims none any more
 */
public record FactsChange(
        @Nullable Kind kind,
        @Nullable Phase phase,
        @Nullable String category,
        @Nullable Priority priority,
        @Nullable String province,
        @Nullable Major major,
        @Nullable AuthorityLetter letter,
        boolean noMajor,
        boolean noAuthority,
        @Nullable BigDecimal claim,
        String reason) {

    public FactsChange {
        claim = Opening.yuan("/claim", claim);
    }
}
