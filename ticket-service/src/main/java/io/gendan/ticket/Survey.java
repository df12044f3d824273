package io.gendan.ticket;

import io.gendan.events.Solved;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * The question to the customer whether a resolution was one.
 *
 * @param stay of which resolution
 * @param agent whom the score is about
 * @param endedAt when its time passed; an answer after that is late
 */
record Survey(
        UUID id,
        int stay,
        String agent,
        Instant openedAt,
        @Nullable Instant endedAt,
        @Nullable Answer answer) {

    record Answer(Solved solved, int score, boolean late, Instant at) {}

    /** What somebody with the link tells; the text masked. */
    record Draft(Solved solved, int score, @Nullable String text) {}

    static Survey of(UUID id, int stay, String agent, Instant at) {
        return new Survey(id, stay, agent, at, null, null);
    }

    /** Derived from its cause: a resolution is asked about once, and a stay has one resolution. */
    static UUID id(UUID ticketId, int stay) {
        return derived("survey:" + ticketId + ":" + stay);
    }

    /** Of what follows from the answer, which is one: each happens once. */
    UUID revisitId() {
        return derived("revisit:" + id);
    }

    UUID followUpId() {
        return derived("follow-up:" + id);
    }

    UUID followUpEscalationId() {
        return derived("follow-up-escalation:" + id);
    }

    private static UUID derived(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    boolean isOpen() {
        return answer == null && endedAt == null;
    }

    Survey ended(Instant at) {
        return new Survey(id, stay, agent, openedAt, at, answer);
    }

    Survey answered(Answer given) {
        return new Survey(id, stay, agent, openedAt, endedAt, given);
    }
}
