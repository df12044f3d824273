package io.gendan.escalation;

import io.gendan.api.Caller;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Problem;
import io.gendan.escalation.Emergency.Span;
import io.gendan.events.EmergencyEvent;
import io.gendan.events.EmergencyEvent.EmergencyDeclared;
import io.gendan.events.EmergencyEvent.EmergencyEnded;
import io.gendan.events.EmergencyEvent.EmergencyExtended;
import io.gendan.events.EmergencyKind;
import io.gendan.events.EscalationEvent;
import io.gendan.events.Kind;
import io.gendan.events.Territory;
import io.gendan.messaging.DatabaseClock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

/**
 * Where leaders declare emergencies, and where the clocks of running tickets are put under them,
 * piece by piece: what is left to do is seen in the tables, so that any instance goes on with it
 * whichever began. A ticket that is created, placed or due meanwhile is put under them at once.
 */
@Component
@Transactional
public class EmergencyDesk {

    private static final Duration FURTHEST = Duration.ofDays(366);

    /** How many tickets are locked at a time. */
    static final int PIECE = 200;

    private static final Logger logger = LoggerFactory.getLogger(EmergencyDesk.class);

    private final Emergencies emergencies;
    private final Watches watches;
    private final Saying saying;
    private final Wakeup wakeup;
    private final DatabaseClock clock;

    /**
     * What somebody declares.
     *
     * @param from now, when absent
     */
    public record Draft(
            EmergencyKind kind,
            String reason,
            @Nullable Instant from,
            Instant until,
            List<Territory> territories,
            List<Kind> kinds,
            List<String> categories) {}

    EmergencyDesk(
            Emergencies emergencies,
            Watches watches,
            Saying saying,
            Wakeup wakeup,
            DatabaseClock clock) {
        this.emergencies = emergencies;
        this.watches = watches;
        this.saying = saying;
        this.wakeup = wakeup;
        this.clock = clock;
    }

    /**
     * @throws Problem 422 when it begins in the past, or lasts longer than somebody may say at once
     */
    public Emergency declare(Draft draft, Caller caller) {
        var revision = emergencies.lockAll();
        var now = clock.now();
        var from = draft.from() == null ? now : draft.from();
        requireWindow(from, draft.until(), now);
        var emergency =
                new Emergency(
                        UUID.randomUUID(),
                        revision,
                        draft.kind(),
                        draft.reason(),
                        draft.territories(),
                        draft.kinds(),
                        draft.categories(),
                        List.of(new Span(from, draft.until())),
                        caller.id(),
                        now,
                        null);
        return keep(
                emergency,
                new EmergencyDeclared(
                        emergency.id(),
                        now,
                        emergency.kind(),
                        emergency.reason(),
                        from,
                        draft.until(),
                        emergency.territories(),
                        emergency.kinds(),
                        emergency.categories()),
                caller);
    }

    /**
     * @throws Problem 404 when there is none, 409 when it was ended, 422 when it would not last
     *     longer or longer than somebody may say at once
     */
    public Emergency extend(UUID id, Instant until, Caller caller) {
        var revision = emergencies.lockAll();
        var now = clock.now();
        var before = requireNotEnded(id);
        requireWindow(now, until, now);
        if (before.spans().stream().anyMatch(span -> !span.until().isBefore(until))) {
            throw refused("/until");
        }
        var after = before.extended(until, revision, now);
        var span = after.spans().getLast();
        return keep(after, new EmergencyExtended(id, now, span.from(), span.until()), caller);
    }

    /**
     * @throws Problem 404 when there is none, 409 when it was ended
     */
    public Emergency end(UUID id, Caller caller) {
        var revision = emergencies.lockAll();
        var now = clock.now();
        var after = requireNotEnded(id).ended(revision, now);
        return keep(after, new EmergencyEnded(id, now), caller);
    }

    @Transactional(readOnly = true)
    public Emergency emergency(UUID id) {
        return emergencies.find(id).orElseThrow(Problem::notFound);
    }

    @Transactional(readOnly = true)
    public Page<Emergency> page(Paging paging) {
        return emergencies.page(paging);
    }

    /** How many running tickets are still to be put under the last change of it. */
    @Transactional(readOnly = true)
    public long left(UUID id) {
        return emergencies.left(id);
    }

    /**
     * Puts tickets under the emergencies as they stand, at most one piece.
     *
     * @return how many
     */
    public int moveSome() {
        if (emergencies.areAllMoved()) {
            return 0;
        }
        var all = emergencies.all();
        var revision = emergencies.revision();
        var changed = new LinkedHashMap<Watch, Watch>();
        for (var watch : watches.lockLeftOut(PIECE)) {
            changed.put(watch, watch.resting(all));
        }
        if (changed.isEmpty()) {
            emergencies.noteMoved();
            return 0;
        }
        watches.saveAll(changed);
        watches.notePutUnder(revision, List.copyOf(changed.keySet()));
        var now = clock.now();
        var due = new ArrayList<EscalationEvent>();
        changed.forEach((before, after) -> after.dueChangedSince(before, now).ifPresent(due::add));
        saying.say(due);
        wakeup.afterCommit();
        logger.info(
                "{} tickets put under the emergencies, {} due otherwise",
                changed.size(),
                due.size());
        return changed.size();
    }

    private Emergency keep(Emergency emergency, EmergencyEvent event, Caller caller) {
        emergencies.save(emergency);
        saying.say(event, caller.id());
        wakeup.afterCommit();
        logger.info(
                "{} {} by {}: {}",
                event.getClass().getSimpleName(),
                emergency.id(),
                caller.id(),
                emergency.spans());
        return emergency;
    }

    private Emergency requireNotEnded(UUID id) {
        var emergency = emergency(id);
        if (emergency.endedAt() != null) {
            throw Problem.of(409, "emergency-over");
        }
        return emergency;
    }

    private static void requireWindow(Instant from, Instant until, Instant now) {
        if (from.isBefore(now) || from.isAfter(now.plus(FURTHEST))) {
            throw refused("/from");
        }
        if (!until.isAfter(from)
                || Duration.between(from, until).compareTo(Emergency.LONGEST) > 0) {
            throw refused("/until");
        }
    }

    private static Problem refused(String pointer) {
        return Problem.of(422, "emergency-window", Emergency.LONGEST.toHours()).at(pointer);
    }
}
