package io.gendan.escalation;

import io.gendan.api.Caller;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Problem;
import io.gendan.api.Role;
import io.gendan.api.Scope;
import io.gendan.events.Topics;
import io.gendan.messaging.DatabaseClock;
import io.gendan.messaging.Origin;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

import java.util.Optional;
import java.util.UUID;

/** Where people look at escalations and take them. */
@Component
@Transactional
public class EscalationDesk {

    private static final Logger logger = LoggerFactory.getLogger(EscalationDesk.class);
    private static final String LEADERS = "supervisors";

    private final Escalations escalations;
    private final Watches watches;
    private final Roster roster;
    private final Saying saying;
    private final DatabaseClock clock;

    /** Taken back alone, it lets go of what it locked: who waits holds nothing others wait for. */
    private final TransactionOperations attempt;

    EscalationDesk(
            Escalations escalations,
            Watches watches,
            Roster roster,
            Saying saying,
            DatabaseClock clock,
            PlatformTransactionManager transactions) {
        this.escalations = escalations;
        this.watches = watches;
        this.roster = roster;
        this.saying = saying;
        this.clock = clock;
        this.attempt =
                new TransactionTemplate(
                        transactions,
                        new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED));
    }

    /**
     * What a caller may see.
     *
     * @throws Problem 403 when nobody told which tier and territory the person belongs to
     */
    @Transactional(readOnly = true)
    public Scope scope(Caller caller) {
        if (caller.isOneOf(Role.SUPERVISOR, Role.ANALYST, Role.OPS, Role.ADMIN)) {
            return new Scope.Everything();
        }
        var person = onRoster(caller);
        var territory = person.territory();
        return new Scope.OfAgent(
                person.id(), territory == null ? null : territory.name(), person.tier());
    }

    @Transactional(readOnly = true)
    public Listed escalation(UUID id, Scope scope) {
        return escalations.find(id, scope).orElseThrow(Problem::notFound);
    }

    @Transactional(readOnly = true)
    public Page<Listed> queue(int tier, Paging paging, Scope scope) {
        requireTier(tier, scope);
        return escalations.queue(tier, paging, scope);
    }

    @Transactional(readOnly = true)
    public Watch watch(UUID ticketId, Scope scope) {
        return watches.find(ticketId, scope).orElseThrow(Problem::notFound);
    }

    /**
     * Takes the first of the line that nobody else is at, or waits for the head when others are at
     * all of them. Empty when nobody stands in line, never because somebody is just looked after.
     */
    public Optional<Listed> claimHead(int tier, Caller caller, Scope scope) {
        requireTier(tier, scope);
        var person = claimant(caller, tier);
        return lockHead(tier)
                .flatMap(
                        entry -> {
                            claim(entry, person, false);
                            return escalations.find(entry.id(), scope);
                        });
    }

    private Optional<Escalation> lockHead(int tier) {
        var head = Optional.<Escalation>empty();
        while (head.isEmpty() && escalations.head(tier).isPresent()) {
            head =
                    attempt.execute(
                            tried -> {
                                var locked = lockOrAwaitHead(tier);
                                if (locked.isEmpty()) {
                                    tried.setRollbackOnly();
                                }
                                return locked;
                            });
        }
        return head;
    }

    /** Empty when it left the line before it was locked. */
    private Optional<Escalation> lockOrAwaitHead(int tier) {
        return escalations
                .lockHead(tier)
                .or(() -> awaitHead(tier))
                .flatMap(id -> standing(id, tier));
    }

    private Optional<UUID> awaitHead(int tier) {
        var head = escalations.head(tier);
        head.ifPresent(id -> watches.lock(required(id).ticketId()));
        return head;
    }

    private Optional<Escalation> standing(UUID id, int tier) {
        return escalations.find(id).filter(entry -> entry.isQueued() && entry.toTier() == tier);
    }

    /**
     * Takes a certain one: the head of the line, or any that a leader picks, which is on record.
     * Who has it already gets it again.
     *
     * @throws Problem 409 when somebody else has it, nobody needs to take it any more, or others
     *     that nobody is at come before it in the line and the caller leads nobody
     */
    public Listed claim(UUID id, Caller caller, Scope scope) {
        var seen = escalation(id, scope).escalation();
        var person = claimant(caller, seen.toTier());
        watches.lock(seen.ticketId());
        var entry = required(id);
        if (entry.isQueued()) {
            claim(entry, person, isPicked(entry, caller));
        } else if (!entry.isHeldBy(person.id())) {
            throw new EscalationTaken(entry);
        }
        return escalation(id, scope);
    }

    private boolean isPicked(Escalation entry, Caller caller) {
        var head = freeHead(entry.toTier());
        var picked = !head.equals(entry.id());
        if (picked && !caller.isOneOf(Role.SUPERVISOR)) {
            throw Problem.of(409, "not-head-of-line", head).with("head", head);
        }
        return picked;
    }

    /** The first that nobody else is at, in a line where the caller has locked one. */
    private UUID freeHead(int tier) {
        var head = Optional.<Escalation>empty();
        while (head.isEmpty()) {
            head =
                    attempt.execute(
                            tried -> {
                                tried.setRollbackOnly();
                                return escalations
                                        .shareHead(tier)
                                        .flatMap(id -> standing(id, tier));
                            });
        }
        return head.get().id();
    }

    private void claim(Escalation entry, Person person, boolean picked) {
        var now = clock.now();
        var claimed = entry.claimedBy(person, picked, now);
        escalations.save(claimed);
        saying.say(claimed.claimed(person, now), Origin.of(person.id()));
        logger.info(
                "Escalation {} of ticket {} {} by {}",
                entry.id(),
                entry.ticketId(),
                picked ? "picked" : "claimed",
                person.id());
    }

    private Escalation required(UUID id) {
        return escalations.find(id).orElseThrow(Problem::notFound);
    }

    /** A leader who is on no roster takes it for the leaders. */
    private Person claimant(Caller caller, int tier) {
        return roster.find(caller.id())
                .or(
                        () ->
                                caller.isOneOf(Role.SUPERVISOR)
                                        ? Optional.of(
                                                new Person(
                                                        caller.id(),
                                                        caller.name(),
                                                        LEADERS,
                                                        null,
                                                        tier))
                                        : Optional.empty())
                .orElseThrow(EscalationDesk::notOnRoster);
    }

    private Person onRoster(Caller caller) {
        return roster.find(caller.id()).orElseThrow(EscalationDesk::notOnRoster);
    }

    private static Problem notOnRoster() {
        return Problem.of(403, "not-on-roster");
    }

    private static void requireTier(int tier, Scope scope) {
        var own = scope instanceof Scope.OfAgent agent ? agent.tier() : tier;
        if (tier < Topics.FIRST_QUEUED_TIER || tier > Topics.LAST_TIER || own != tier) {
            throw Problem.notFound();
        }
    }
}
