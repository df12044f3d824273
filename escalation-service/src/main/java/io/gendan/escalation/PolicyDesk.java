package io.gendan.escalation;

import io.gendan.api.Caller;
import io.gendan.api.Cursor;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Problem;
import io.gendan.escalation.PolicyMove.ClockMove;
import io.gendan.events.EscalationEvent;
import io.gendan.messaging.DatabaseClock;
import io.gendan.messaging.Origin;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Where leaders write versions of the policy and put running tickets under them; without that a
 * running ticket keeps its own.
 */
@Component
@Transactional
public class PolicyDesk {

    /** How many tickets one command moves: they are locked while it runs. */
    static final int MOST = 500;

    private static final Logger logger = LoggerFactory.getLogger(PolicyDesk.class);

    /** What applying a version did. */
    public record Applied(String version, int tickets, int clocksMoved, long left) {}

    private final Policies policies;
    private final Watches watches;
    private final Saying saying;
    private final Wakeup wakeup;
    private final DatabaseClock clock;

    PolicyDesk(
            Policies policies, Watches watches, Saying saying, Wakeup wakeup, DatabaseClock clock) {
        this.policies = policies;
        this.watches = watches;
        this.saying = saying;
        this.wakeup = wakeup;
        this.clock = clock;
    }

    public PolicyPage add(PolicyDraft draft, Caller caller) {
        var page = policies.add(draft, caller.id(), clock.now());
        logger.info("Policy {} from {} by {}", page.version(), page.validFrom(), caller.id());
        return page;
    }

    /** Which open tickets would move, and by how much; those that would not are left out. */
    @Transactional(readOnly = true)
    public Page<PolicyMove> preview(String version, Paging paging) {
        var targets = targets(version);
        var now = clock.now();
        var after = paging.after();
        var tickets =
                watches.notUnder(version, after == null ? null : after.id(0), paging.rowsToRead());
        var page = Page.of(tickets, paging, watch -> Cursor.at(watch.facts().id()));
        return new Page<>(
                page.items().stream()
                        .map(watch -> PolicyMove.of(watch, watch.under(targets, now)))
                        .filter(move -> !move.clocks().isEmpty())
                        .toList(),
                page.next());
    }

    /** Puts open tickets under the version; to be called again while some are left. */
    public Applied apply(String version, Caller caller) {
        var targets = targets(version);
        var now = clock.now();
        var changed = new LinkedHashMap<Watch, Watch>();
        for (var watch : watches.lockNotUnder(version, MOST)) {
            changed.put(watch, watch.under(targets, now));
        }
        watches.saveAll(changed);
        watches.noteApplied(List.copyOf(changed.keySet()), version, caller.id(), now);
        changed.forEach((before, after) -> tell(before, after, now, caller));
        wakeup.afterCommit();
        int moved =
                changed.entrySet().stream()
                        .map(entry -> PolicyMove.of(entry.getKey(), entry.getValue()))
                        .map(PolicyMove::clocks)
                        .mapToInt(List<ClockMove>::size)
                        .sum();
        logger.info("Policy {} applied to {} tickets by {}", version, changed.size(), caller.id());
        return new Applied(version, changed.size(), moved, watches.countNotUnder(version));
    }

    private void tell(Watch before, Watch after, Instant now, Caller caller) {
        after.dueChangedSince(before, now)
                .map(EscalationEvent.class::cast)
                .ifPresent(due -> saying.say(due, Origin.of(caller.id())));
    }

    private Targets targets(String version) {
        policies.find(version).orElseThrow(Problem::notFound);
        return policies.of(version);
    }
}
