package io.gendan.ticket;

import io.gendan.events.Major;
import io.gendan.events.TicketEvent.MajorProposed;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Whether a ticket that nobody calls major sounds so.
 *
 * @param question to whoever has it and the leaders; absent when there is none to answer
 * @param asked of which kinds somebody was to say by its own words: of none twice
 */
record Suspicion(@Nullable Question question, List<Major> asked) {

    static final Suspicion NONE = new Suspicion(null, List.of());

    /**
     * @param word by which it sounds so
     */
    record Question(UUID id, Major major, String word, Instant at) {

        static Question of(MajorProposed proposed) {
            return new Question(
                    proposed.proposalId(), proposed.major(), proposed.word(), proposed.at());
        }

        /** That it is answered in time. */
        UUID promiseId() {
            return derived("major-check:" + id);
        }

        /** Whether it came up there, wherever it is asked now. */
        boolean isOf(UUID ticketId) {
            return id.equals(proposalId(ticketId, major));
        }
    }

    Suspicion {
        asked = List.copyOf(asked);
    }

    /** One a ticket and kind. */
    static UUID proposalId(UUID ticketId, Major major) {
        return derived("major:" + ticketId + ":" + major);
    }

    /** The proposals that nobody has answered. */
    List<UUID> unjudged() {
        return question == null ? List.of() : List.of(question.id());
    }

    /** Of those, if it still is. */
    Stream<Question> find(UUID proposalId) {
        return question == null || !question.id().equals(proposalId)
                ? Stream.empty()
                : Stream.of(question);
    }

    /** What another ticket brought waits while something is asked; its own words do not. */
    Suspicion after(MajorProposed proposed) {
        var next = Question.of(proposed);
        if (!next.isOf(proposed.ticketId())) {
            return question == null ? new Suspicion(next, asked) : this;
        }
        return new Suspicion(
                next, Stream.concat(asked.stream(), Stream.of(next.major())).distinct().toList());
    }

    /** Answered, or nobody asks any more. */
    Suspicion settled() {
        return question == null ? this : new Suspicion(null, asked);
    }

    /** What was asked here for another ticket is asked there again. */
    Suspicion without(UUID released) {
        return question != null && question.isOf(released) ? settled() : this;
    }

    private static UUID derived(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
