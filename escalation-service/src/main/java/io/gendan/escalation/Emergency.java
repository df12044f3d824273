package io.gendan.escalation;

import io.gendan.escalation.calendar.Rest;
import io.gendan.events.EmergencyKind;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.Territory;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What keeps many tickets from being worked on as usual, and when clocks rest for it: {@code
 * RESOLUTION} alone, and of ordinary tickets only. Responses and promises are owed to the customer
 * in an emergency too, and what is {@code HIGH}, {@code URGENT} or major does not wait for one.
 *
 * <p>No span begins before it was declared, and none is changed but for what is still to come: what
 * clocks have counted stays counted, and a change that reaches a ticket late makes no difference.
 *
 * @param revision changes with it; the highest of all is the last change of any
 * @param territories all, when empty; so are kinds and categories
 * @param categories of either level
 * @param spans when clocks rest, in their order
 */
public record Emergency(
        UUID id,
        long revision,
        EmergencyKind kind,
        String reason,
        List<Territory> territories,
        List<Kind> kinds,
        List<String> categories,
        List<Span> spans,
        String declaredBy,
        Instant declaredAt,
        @Nullable Instant endedAt) {

    /** Somebody must have been asked again after so long. */
    public static final Duration LONGEST = Duration.ofHours(72);

    public record Span(Instant from, Instant until) {}

    boolean concerns(Facts facts, Place place) {
        return facts.major() == null
                && !facts.endsByFiling()
                && (facts.priority() == Priority.NORMAL || facts.priority() == Priority.LOW)
                && (territories.isEmpty()
                        || territories.stream().anyMatch(t -> t == place.territory()))
                && (kinds.isEmpty() || kinds.contains(facts.kind()))
                && (categories.isEmpty() || isOfItsCategories(facts.category()));
    }

    private boolean isOfItsCategories(@Nullable String category) {
        return category != null
                && (categories.contains(category)
                        || categories.contains(category.split("\\.", 2)[0]));
    }

    List<Rest> rests() {
        return spans.stream().map(span -> new Rest(id, span.from(), span.until(), reason)).toList();
    }

    /** Rests without a break when it has not lapsed, else from now on again. */
    Emergency extended(Instant until, long newRevision, Instant now) {
        var all = new ArrayList<>(spans);
        if (!all.isEmpty() && !all.getLast().until().isBefore(now)) {
            all.set(all.size() - 1, new Span(all.getLast().from(), until));
        } else {
            all.add(new Span(now, until));
        }
        return with(newRevision, all, null);
    }

    /** What it rested stays so. */
    Emergency ended(long newRevision, Instant now) {
        var past =
                spans.stream()
                        .filter(span -> span.from().isBefore(now))
                        .map(span -> span.until().isAfter(now) ? new Span(span.from(), now) : span)
                        .toList();
        return with(newRevision, past, now);
    }

    private Emergency with(long newRevision, List<Span> newSpans, @Nullable Instant newEndedAt) {
        return new Emergency(
                id,
                newRevision,
                kind,
                reason,
                territories,
                kinds,
                categories,
                List.copyOf(newSpans),
                declaredBy,
                declaredAt,
                newEndedAt);
    }
}
