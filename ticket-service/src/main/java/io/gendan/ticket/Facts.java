package io.gendan.ticket;

import io.gendan.events.Authority;
import io.gendan.events.AuthoritySource;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Phase;
import io.gendan.events.Priority;
import io.gendan.events.Region;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.TicketCreated;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a ticket is about, as far as we know: that may turn out otherwise.
 *
 * @param claim in yuan, to the cent; absent when the customer claims no money
 * @param authority through whom it came, or what was asked about personal data
 * @param taxonomy version of the taxonomy that the category is of; absent before that was kept
 */
record Facts(
        Kind kind,
        @Nullable Phase phase,
        String category,
        Priority priority,
        @Nullable Major major,
        Region region,
        @Nullable BigDecimal claim,
        @Nullable Authority authority,
        @Nullable String taxonomy) {

    private static final int CENTS = 2;

    Facts {
        claim = claim == null ? null : claim.setScale(CENTS, RoundingMode.HALF_UP);
    }

    static Facts of(TicketCreated created) {
        return new Facts(
                created.kind(),
                created.phase(),
                created.category(),
                created.priority(),
                created.major(),
                created.region(),
                created.claim(),
                created.authority(),
                created.taxonomy());
    }

    Facts changed(FactsChanged changed) {
        return new Facts(
                changed.kind(),
                changed.phase(),
                changed.category(),
                changed.priority(),
                changed.major(),
                changed.region(),
                changed.claim(),
                letter(changed),
                changed.taxonomy() == null && changed.category().equals(category)
                        ? taxonomy
                        : changed.taxonomy());
    }

    /** What was said before letters could come later does not tell of it. */
    private @Nullable Authority letter(FactsChanged changed) {
        return changed.authority() == null && !Boolean.TRUE.equals(changed.noAuthority())
                ? authority
                : changed.authority();
    }

    /** Whether it ends with the answer that is filed, whatever anybody else says or does not. */
    boolean endsByFiling() {
        return authority != null || major == Major.REGULATOR;
    }

    /**
     * What comes through an authority is major by that, whatever it is about; what customers ask
     * about their own data is not.
     */
    static @Nullable Major major(AuthoritySource source) {
        return switch (source) {
            case COURT_MEDIA -> Major.MEDIA;
            case PLATFORM_12315, AUTHORITY_12315, HOTLINE_12345, POST_12305, ASSOCIATION, UNKNOWN ->
                    Major.REGULATOR;
            case PERSONAL_DATA -> null;
        };
    }

    /** Whether an authority asks about it, or the press. */
    boolean isOfAnAuthority() {
        return major == Major.REGULATOR || authority != null && major(authority.source()) != null;
    }

    /** Whether it is major by the letter that it carries, as far as anybody can tell. */
    boolean isMajorByLetter() {
        return authority != null && major != null && major(authority.source()) == major;
    }

    FactsChanged told(Stamp stamp, String reason) {
        return told(stamp, reason, null);
    }

    /** The same of what was this before: also that it carries its letter no more. */
    FactsChanged told(Facts before, Stamp stamp, String reason) {
        var lostIt = before.authority != null && authority == null;
        return told(stamp, reason, lostIt ? true : null);
    }

    private FactsChanged told(Stamp stamp, String reason, @Nullable Boolean noAuthority) {
        return new FactsChanged(
                stamp.ticketId(),
                stamp.round(),
                stamp.stay(),
                stamp.at(),
                kind,
                phase,
                category,
                priority,
                major,
                region,
                reason,
                claim,
                authority,
                taxonomy,
                noAuthority);
    }

    /** By being asked about again; what is urgent is no more urgent by that. */
    static Priority pressed(Priority priority) {
        return switch (priority) {
            case LOW -> Priority.NORMAL;
            case NORMAL -> Priority.HIGH;
            case HIGH, URGENT -> Priority.URGENT;
            case UNKNOWN -> Priority.UNKNOWN;
        };
    }

    /**
     * By what shows that it goes badly, of a complaint. What is high is no higher by that, and
     * nothing presses less.
     */
    static Priority raised(Kind kind, Priority priority) {
        return switch (priority) {
            case LOW, NORMAL -> kind == Kind.COMPLAINT ? Priority.HIGH : priority;
            case HIGH, URGENT, UNKNOWN -> priority;
        };
    }

    Facts withPriority(Priority other) {
        return new Facts(kind, phase, category, other, major, region, claim, authority, taxonomy);
    }

    Facts withMajor(@Nullable Major other) {
        return new Facts(
                kind, phase, category, priority, other, region, claim, authority, taxonomy);
    }

    /** Whatever it was taken for: that somebody was hurt, or asks in public, is a complaint. */
    Facts foundMajor(Major found) {
        return new Facts(
                Kind.COMPLAINT,
                phase,
                category,
                Priority.URGENT,
                found,
                region,
                claim,
                authority,
                taxonomy);
    }

    Facts withClaim(BigDecimal other) {
        return new Facts(
                kind, phase, category, priority, major, region, other, authority, taxonomy);
    }

    /**
     * Of two tickets that become one the clocks of one stop: nothing urgent may be lost in that.
     */
    boolean pressMoreThan(Facts other) {
        return major != null && major != other.major || priority.compareTo(other.priority) < 0;
    }

    /** Whether whoever is the right one for this is so for the other. */
    boolean asksForTheSame(Facts other) {
        return kind == other.kind
                && phase == other.phase
                && category.equals(other.category)
                && region.divisions().equals(other.region.divisions());
    }
}
