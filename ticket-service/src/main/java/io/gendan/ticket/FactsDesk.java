package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.api.Role;
import io.gendan.events.Authority;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Phase;
import io.gendan.events.Priority;
import io.gendan.events.Region;
import io.gendan.ticket.Taxonomies.Sorted;
import io.gendan.ticket.rules.RuleBook;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What people find out about a ticket: that it is of another kind, of another place, or presses.
 */
@Component
@Transactional
public class FactsDesk {

    private final Changes changes;
    private final Tickets tickets;
    private final Taxonomies taxonomies;
    private final RegionReader regions;
    private final EarlierTickets earlier;
    private final RuleBook rules;

    FactsDesk(
            Changes changes,
            Tickets tickets,
            Taxonomies taxonomies,
            RegionReader regions,
            EarlierTickets earlier,
            RuleBook rules) {
        this.changes = changes;
        this.tickets = tickets;
        this.taxonomies = taxonomies;
        this.regions = regions;
        this.earlier = earlier;
        this.rules = rules;
    }

    /**
     * By the assignee or a leader; by a leader alone that it presses less than it did, and that its
     * letter says something else, or is not its own.
     *
     * @throws Problem 422 for an unknown category, for what an authority is to ask about without
     *     its letter, for a letter of a kind that it cannot be about, and for another letter
     */
    public TicketSnapshot change(Act act, FactsChange change) {
        var reason = Masking.mask(change.reason());
        return changes.work(
                act,
                (ticket, now) -> {
                    var before = ticket.memento().facts();
                    var after = changed(before, change, letter(ticket, change, now));
                    if (!act.caller().isOneOf(Role.SUPERVISOR)) {
                        requireLetterAsKnown(before.authority(), after.authority());
                        if (pressesLess(after, before)) {
                            throw Problem.of(403, "presses-less");
                        }
                    }
                    requireLetter(before, after);
                    ticket.change(after, reason, now);
                    if (before.authority() == null && after.authority() != null) {
                        earlier.owe(ticket, now);
                    }
                    if (change.province() != null) {
                        tickets.noteProvince(ticket.id(), change.province(), toldAt(ticket, now));
                    }
                });
    }

    /** Event times never go back; another word for the same place is told by no event. */
    private static Instant toldAt(Ticket ticket, Instant now) {
        var last = ticket.memento().updatedAt();
        return last.isAfter(now) ? last : now;
    }

    /**
     * By the assignee or a leader: it is what it sounds like.
     *
     * @param proposalId by what; by the first of it, when absent
     * @throws Problem 409 when nobody asks that any more
     */
    public TicketSnapshot confirmMajor(Act act, @Nullable UUID proposalId) {
        return changes.work(
                act, (ticket, now) -> ticket.confirmMajor(proposalId, act.caller().id(), now));
    }

    /**
     * @param proposalId which it is not; the first, when absent
     * @throws Problem 409 when nobody asks that any more
     */
    public TicketSnapshot refuseMajor(Act act, @Nullable UUID proposalId, String reason) {
        var masked = Masking.mask(reason);
        return changes.work(
                act,
                (ticket, now) -> ticket.refuseMajor(proposalId, act.caller().id(), masked, now));
    }

    /** What the ticket carries already is not told otherwise by what is left out now. */
    private @Nullable Authority letter(Ticket ticket, FactsChange change, Instant now) {
        var told = change.letter();
        if (told == null) {
            return change.noAuthority() ? null : ticket.authority();
        }
        var today = now.atZone(rules.inForceAt(now).calling().zone()).toLocalDate();
        told.requireArrived(today);
        var known = ticket.authority();
        return known != null && known.source() == told.source()
                ? told.of(known.number(), known.arrivedOn())
                : told.of(ticket.created().number(), today);
    }

    private static void requireLetterAsKnown(@Nullable Authority known, @Nullable Authority told) {
        if (known != null && told == null) {
            throw Problem.of(403, "letter-leaders-only").at("/noAuthority");
        }
        if (known != null && !known.equals(told)) {
            throw Problem.of(422, "authority-known", known.number()).at("/authority");
        }
    }

    /**
     * Such a ticket ends with the answer that is filed: by when, and under which number. What is
     * without its letter is no authority's any more.
     */
    private static void requireLetter(Facts before, Facts after) {
        var letter = after.authority();
        if (letter != null && !letter.equals(before.authority())) {
            AuthorityLetter.requireKind(letter.source(), after.kind(), "/authority");
        }
        var isAsked = letter != null && Facts.major(letter.source()) != null;
        var wasSo = before.major() == Major.REGULATOR && before.authority() == null;
        if (!isAsked && after.major() == Major.REGULATOR && !wasSo) {
            throw Problem.of(422, "authority-unnamed").at("/authority");
        }
    }

    /** Only another category is looked up: what the ticket is in may be out of use by now. */
    private Facts changed(Facts before, FactsChange change, @Nullable Authority authority) {
        var kind = kind(before, change);
        var code = change.category();
        var sorted = code == null || code.equals(before.category()) ? null : sorted(code);
        var category = category(before, kind, sorted);
        return new Facts(
                kind,
                phase(before, change, sorted),
                sorted == null ? before.category() : sorted.category().code(),
                priority(before, change, kind, category),
                major(before, change, kind, category),
                region(before.region(), change.province()),
                change.claim() == null ? before.claim() : change.claim(),
                authority,
                sorted == null ? before.taxonomy() : sorted.version());
    }

    /** What is found to be major is a complaint, and urgent, unless somebody says otherwise. */
    private static Kind kind(Facts before, FactsChange change) {
        var usual = isFoundMajor(before, change) ? Kind.COMPLAINT : before.kind();
        return Objects.requireNonNullElse(change.kind(), usual);
    }

    private static boolean isFoundMajor(Facts before, FactsChange change) {
        return change.major() != null && before.major() == null;
    }

    private Sorted sorted(String code) {
        return taxonomies
                .find(code)
                .orElseThrow(() -> Problem.of(422, "category-unknown", code).at("/category"));
    }

    /** Of which something follows; absent when nothing does. */
    private @Nullable Category category(Facts before, Kind kind, @Nullable Sorted sorted) {
        if (sorted != null) {
            return sorted.category();
        }
        return kind == before.kind() ? null : taxonomies.last(before.category()).orElse(null);
    }

    /** The usual one of the category that it is in now, unless somebody said another before. */
    private @Nullable Phase phase(Facts before, FactsChange change, @Nullable Sorted sorted) {
        if (change.phase() != null) {
            return change.phase();
        }
        if (sorted == null || sorted.category().phase() == null) {
            return before.phase();
        }
        var usual =
                taxonomies
                        .last(before.category())
                        .flatMap(category -> Optional.ofNullable(category.phase()))
                        .orElse(null);
        return before.phase() == null || before.phase() == usual
                ? sorted.category().phase()
                : before.phase();
    }

    private Priority priority(
            Facts before, FactsChange change, Kind kind, @Nullable Category category) {
        if (change.priority() != null) {
            return change.priority();
        }
        if (isFoundMajor(before, change)) {
            return Priority.URGENT;
        }
        if (category == null) {
            return before.priority();
        }
        var own = category.priorityOf(kind);
        return isRaised(before) && before.priority().compareTo(own) < 0 ? before.priority() : own;
    }

    /** Whether it presses more than its kind and category do by themselves. */
    private boolean isRaised(Facts facts) {
        var own =
                taxonomies
                        .last(facts.category())
                        .map(category -> category.priorityOf(facts.kind()))
                        .orElse(Priority.NORMAL);
        return facts.priority().compareTo(own) < 0;
    }

    /** What was so by its letter alone is without that what its category makes it. */
    private @Nullable Major major(
            Facts before, FactsChange change, Kind kind, @Nullable Category category) {
        if (change.noMajor()) {
            return null;
        }
        if (change.major() != null) {
            return change.major();
        }
        var losesIt = change.noAuthority() && before.isMajorByLetter();
        if (before.major() != null && !losesIt) {
            return before.major();
        }
        var letter = change.letter();
        var byLetter = letter == null ? null : Facts.major(letter.source());
        if (byLetter != null) {
            return byLetter;
        }
        var same = losesIt ? taxonomies.last(before.category()).orElse(null) : null;
        var decisive = category == null ? same : category;
        return decisive == null ? null : decisive.majorOf(kind);
    }

    private Region region(Region before, @Nullable String province) {
        return province == null ? before : regions.moved(before, province);
    }

    /**
     * What follows from another kind or category is as it is; what somebody says is their word. But
     * what was raised was so for what happened, and that is not undone by sorting it anew.
     */
    private boolean pressesLess(Facts after, Facts before) {
        var isSameMatter =
                after.kind() == before.kind() && after.category().equals(before.category());
        return before.major() != null && after.major() != before.major()
                || after.priority().compareTo(before.priority()) > 0
                        && (isSameMatter || isRaised(before));
    }
}
