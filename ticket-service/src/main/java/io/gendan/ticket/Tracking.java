package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.api.Scope;
import io.gendan.events.ClockKind;
import io.gendan.events.PromisePurpose;
import io.gendan.ticket.TicketSnapshot.ShownPromise;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * What a customer may see of a ticket by its link, without a login: how far it is, what comes next,
 * and until when. Neither names nor what was said.
 */
@Component
public class Tracking {

    /** What the others measure is how we work with each other. */
    private static final Set<ClockKind> TOWARDS_THE_CUSTOMER =
            EnumSet.of(ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE, ClockKind.RESOLUTION);

    private static final Set<Stage> KNOWN_TO_THEM =
            EnumSet.of(Stage.WAITING_FOR_YOU, Stage.WAITING_AS_AGREED);

    private final TicketReading reading;
    private final Vault vault;

    /** How far a ticket is, in the order of its life. */
    public enum Stage {
        RECEIVED,
        IN_PROGRESS,
        WAITING_FOR_YOU,
        WAITING_FOR_OTHERS,
        WAITING_AS_AGREED,
        SOLVED,
        CLOSED,
        WITHDRAWN
    }

    /**
     * @param closesBySilence whether what is solved is closed without a word of the customer
     * @param promised what was promised to the customer next, if anything is open
     * @param until when what comes next is to be done; absent when nothing has a time
     */
    public record Tracked(
            String number,
            Stage stage,
            boolean closesBySilence,
            @Nullable String promised,
            @Nullable Instant until,
            Instant askedAt,
            Instant updatedAt) {}

    Tracking(TicketReading reading, Vault vault) {
        this.reading = reading;
        this.vault = vault;
    }

    /**
     * Of the ticket, or of the one that it was merged into.
     *
     * @throws Problem 404 when it is no link of ours
     */
    public Tracked track(String token) {
        var id = vault.trackedBy(token).orElseThrow(Problem::notFound);
        var asked = require(id);
        var ticket = asked;
        while (ticket.merged() != null) {
            ticket = require(ticket.merged().into());
        }
        var until = until(ticket);
        var promise = nextPromise(ticket, until);
        return new Tracked(
                asked.number(),
                stage(ticket),
                ticket.major() == null && ticket.authority() == null,
                promise == null ? null : promise.what(),
                promise == null ? until : promise.dueAt(),
                asked.createdAt(),
                ticket.updatedAt());
    }

    private TicketSnapshot require(UUID id) {
        return reading.require(id, new Scope.Everything());
    }

    /** What the ticket waits for is next, whatever else is due before. */
    private static @Nullable ShownPromise nextPromise(
            TicketSnapshot ticket, @Nullable Instant until) {
        return ticket.promises().stream()
                .filter(promise -> promise.outcome() == null)
                .filter(promise -> !Promise.AMONG_US.contains(promise.purpose()))
                .filter(
                        promise ->
                                promise.purpose() != PromisePurpose.PROGRESS
                                        || isToldBefore(promise, until, stage(ticket)))
                .min(
                        Comparator.comparing((ShownPromise promise) -> !promise.awaited())
                                .thenComparing(ShownPromise::dueAt))
                .orElse(null);
    }

    /**
     * That they hear how far it is comes after what is to be done before; and whoever is waited
     * for, or agreed to wait, knows that.
     */
    private static boolean isToldBefore(
            ShownPromise progress, @Nullable Instant until, Stage stage) {
        return !KNOWN_TO_THEM.contains(stage)
                && (until == null || progress.dueAt().isBefore(until));
    }

    /** The copy of what is due next may be of what was before. */
    private static @Nullable Instant until(TicketSnapshot ticket) {
        var due = ticket.due();
        if (due == null || !due.runs()) {
            return null;
        }
        var isNext =
                switch (stage(ticket)) {
                    case RECEIVED, IN_PROGRESS, WAITING_FOR_OTHERS ->
                            TOWARDS_THE_CUSTOMER.contains(due.clock());
                    case SOLVED -> due.clock() == ClockKind.CONFIRMATION;
                    case WAITING_FOR_YOU, WAITING_AS_AGREED, CLOSED, WITHDRAWN -> false;
                };
        return isNext ? due.at() : null;
    }

    private static Stage stage(TicketSnapshot ticket) {
        return switch (ticket.status()) {
            case NEW -> Stage.RECEIVED;
            case ASSIGNED, IN_PROGRESS, REOPENED -> Stage.IN_PROGRESS;
            case WAITING ->
                    switch (Objects.requireNonNull(ticket.waitingReason(), "waitingReason")) {
                        case CUSTOMER -> Stage.WAITING_FOR_YOU;
                        case AGREED -> Stage.WAITING_AS_AGREED;
                        case MERCHANT, WAREHOUSE, CARRIER, BANK, INTERNAL, UNKNOWN ->
                                Stage.WAITING_FOR_OTHERS;
                    };
            case RESOLVED -> Stage.SOLVED;
            case CLOSED -> Stage.CLOSED;
            case CANCELLED -> Stage.WITHDRAWN;
            case MERGED ->
                    throw new IllegalStateException(ticket.number() + " is merged into nothing");
        };
    }
}
