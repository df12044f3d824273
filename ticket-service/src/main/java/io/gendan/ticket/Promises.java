package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.events.PromisePurpose;
import io.gendan.events.TicketEvent.MovedPromise;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.ticket.Ticket.Person;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** The promises of one ticket, in the order in which they were made. */
final class Promises {

    private static final int PROGRESS_KEPT = 3;
    private static final int ENDED_KEPT = 50;

    private static final Comparator<Promise> LAST_ENDED_FIRST =
            Comparator.comparing((Promise ended) -> Objects.requireNonNull(ended.endedAt()))
                    .reversed();

    private final Map<UUID, Promise> byId = new LinkedHashMap<>();

    void restore(List<Promise> promises) {
        promises.forEach(promise -> byId.put(promise.id(), promise));
    }

    void add(PromiseMade made) {
        var draft =
                new Promise.Draft(
                        made.promiseId(),
                        new Person(made.owner(), made.ownerName()),
                        made.what(),
                        made.dueAt(),
                        made.channel(),
                        Promise.orOwn(made.purpose()),
                        made.notBy());
        byId.put(made.promiseId(), Promise.of(draft, made.at()));
        forgetOld(Promise::isProgress, PROGRESS_KEPT);
        forgetOld(Promise::canBeForgotten, ENDED_KEPT);
    }

    void add(MovedPromise moved) {
        var draft =
                new Promise.Draft(
                        moved.promiseId(),
                        new Person(moved.owner(), moved.ownerName()),
                        moved.what(),
                        moved.dueAt(),
                        moved.channel(),
                        Promise.orOwn(moved.purpose()),
                        moved.notBy());
        byId.put(moved.promiseId(), Promise.of(draft, moved.madeAt()));
    }

    /** As long as the ticket lives one follows the other, and that has no bound. */
    private void forgetOld(Predicate<Promise> which, int kept) {
        byId.values().stream()
                .filter(which)
                .filter(promise -> promise.endedAt() != null)
                .sorted(LAST_ENDED_FIRST)
                .skip(kept)
                .map(Promise::id)
                .toList()
                .forEach(byId::remove);
    }

    /** Open again, after it was moved away and back. */
    void takeBack(UUID id) {
        byId.computeIfPresent(id, (_, promise) -> promise.movedBack());
    }

    /** The open ones, as another ticket goes on with them. */
    List<MovedPromise> leaving() {
        return byId.values().stream()
                .filter(promise -> promise.isOpen() && !promise.isProgress())
                .map(
                        promise ->
                                new MovedPromise(
                                        promise.id(),
                                        promise.owner().id(),
                                        promise.owner().name(),
                                        promise.dueAt(),
                                        promise.channel(),
                                        promise.what(),
                                        promise.madeAt(),
                                        promise.purpose(),
                                        promise.notBy()))
                .toList();
    }

    /** Those that the other ticket went on with, and has still open. */
    List<UUID> movedTo(Promises other) {
        var open = other.open();
        return byId.values().stream()
                .filter(promise -> promise.outcome() == PromiseOutcome.MOVED)
                .map(Promise::id)
                .filter(open::contains)
                .toList();
    }

    void end(UUID id, PromiseOutcome how, Instant at) {
        byId.computeIfPresent(id, (_, promise) -> promise.ended(how, at));
    }

    /**
     * @throws Problem 404 when there is none
     */
    Promise require(UUID id) {
        return find(id).orElseThrow(Problem::notFound);
    }

    Optional<Promise> find(UUID id) {
        return Optional.ofNullable(byId.get(id));
    }

    boolean isBroken(UUID id) {
        return find(id).filter(one -> one.outcome() == PromiseOutcome.BROKEN).isPresent();
    }

    /**
     * @throws Problem 404 when there is none, 409 when it is over
     */
    Promise requireOpen(UUID id) {
        var promise = require(id);
        var outcome = promise.outcome();
        if (outcome != null) {
            throw new PromiseOver(outcome);
        }
        return promise;
    }

    /**
     * One that people keep by their word, or wait for: a first call is kept by calling.
     *
     * @throws Problem 404 when there is none, 409 when it is over, 422 when it is no such
     */
    Promise requireSettleable(UUID id) {
        var promise = requireEndable(id);
        if (promise.isFirstCall()) {
            throw Problem.of(422, "promise-to-call");
        }
        return promise;
    }

    /**
     * One that people end: what we promise by ourselves ends by itself.
     *
     * @throws Problem 404 when there is none, 409 when it is over, 422 when it is to tell how far
     *     it is or what will be done, or to find out whether the ticket is major
     */
    Promise requireEndable(UUID id) {
        var promise = requireOpen(id);
        if (promise.isProgress()) {
            throw Problem.of(422, "promise-of-system");
        }
        if (promise.isMajorCheck()) {
            throw Problem.of(422, "promise-to-judge");
        }
        if (promise.isPlan()) {
            throw Problem.of(422, "promise-to-plan");
        }
        return promise;
    }

    /** To tell how far it is. */
    Optional<Promise> progress() {
        return byId.values().stream()
                .filter(promise -> promise.isOpen() && promise.isProgress())
                .findFirst();
    }

    Optional<Promise> findOpen(UUID id) {
        return find(id).filter(Promise::isOpen);
    }

    /** Whatever became of it. */
    boolean had(PromisePurpose purpose) {
        return byId.values().stream().anyMatch(promise -> promise.purpose() == purpose);
    }

    /** And it was not taken back. */
    boolean hadToBeKept(PromisePurpose purpose) {
        return byId.values().stream()
                .filter(promise -> promise.purpose() == purpose)
                .anyMatch(promise -> promise.outcome() != PromiseOutcome.WITHDRAWN);
    }

    /** What is open for a day that may be long after the ticket is over. */
    List<UUID> planned() {
        return byId.values().stream()
                .filter(promise -> promise.isOpen() && promise.isPlanned())
                .map(Promise::id)
                .toList();
    }

    /** What is open and in the way of closing. */
    List<UUID> pending() {
        return byId.values().stream()
                .filter(
                        promise ->
                                promise.isOpen()
                                        && !promise.isProgress()
                                        && !promise.isPlanned()
                                        && !promise.isPlan()
                                        && !promise.isMajorCheck())
                .map(Promise::id)
                .toList();
    }

    /** Whether something is open that was promised for that. */
    boolean isOpen(PromisePurpose purpose) {
        return !open(purpose).isEmpty();
    }

    /** Whether that is to be done by then. */
    boolean isOpen(PromisePurpose purpose, Instant by) {
        return open(purpose).stream().anyMatch(id -> !require(id).dueAt().isAfter(by));
    }

    List<UUID> open(PromisePurpose purpose) {
        return byId.values().stream()
                .filter(promise -> promise.isOpen() && promise.purpose() == purpose)
                .map(Promise::id)
                .toList();
    }

    List<UUID> open() {
        return byId.values().stream().filter(Promise::isOpen).map(Promise::id).toList();
    }

    List<Promise> all() {
        return List.copyOf(byId.values());
    }
}
