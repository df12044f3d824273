package io.gendan.ticket;

import io.gendan.events.Kind;
import io.gendan.ticket.rules.Raises;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * How far it had come with a ticket when that was last weighed: always while it is a complaint, and
 * at no other time. What makes a complaint press does so when it is weighed first, and never again.
 *
 * @param claim the most that the customer claimed; absent when nothing
 */
record Weighed(Strain strain, @Nullable BigDecimal claim) {

    static final Weighed NOTHING = new Weighed(Strain.NONE, null);

    private static final String CONTACTS = "客户第 %1$d 次来电或来聊 Contact no. %1$d of the customer";
    private static final String AGAIN = "已重开 %1$d 次 Reopened %1$d times";
    private static final String BROKEN = "承诺未兑现 Promise not kept";
    private static final String CLAIMS_MUCH = "索赔 %1$s 元 Claims %1$s yuan";

    private static final int CENTS = 2;

    Weighed {
        claim = claim == null ? null : claim.setScale(CENTS, RoundingMode.HALF_UP);
    }

    static Weighed of(Weighed before, Facts facts, Strain strain) {
        return facts.kind() == Kind.COMPLAINT ? before.with(strain, facts.claim()) : before;
    }

    private Weighed with(Strain now, @Nullable BigDecimal claimed) {
        var isMore = claim == null || claimed != null && claimed.compareTo(claim) > 0;
        return new Weighed(now, isMore ? claimed : claim);
    }

    /** Why it presses by what came since then, for people to read; empty when by nothing. */
    List<String> since(Weighed before, Raises rules) {
        var why = new ArrayList<String>();
        var was = before.strain;
        if (rules.byContacts(was.contacts(), strain.contacts())) {
            why.add(CONTACTS.formatted(strain.contacts()));
        }
        if (rules.byReopenings(was.reopenings(), strain.reopenings())) {
            why.add(AGAIN.formatted(strain.reopenings()));
        }
        if (rules.byBrokenPromises(was.brokenPromises(), strain.brokenPromises())) {
            why.add(BROKEN);
        }
        if (rules.byClaim(claim) && !rules.byClaim(before.claim)) {
            why.add(CLAIMS_MUCH.formatted(claim));
        }
        return why;
    }
}
