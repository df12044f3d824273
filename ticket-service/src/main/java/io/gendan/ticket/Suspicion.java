package io.gendan.ticket;

import io.gendan.events.Major;
import io.gendan.events.TicketEvent.MajorProposed;
import io.gendan.events.TicketEvent.MajorRefused;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whether a ticket that nobody calls major sounds so.
 *
 * @param question the first to whoever has it and the leaders; absent when there is none to answer
 * @param asked of which kinds somebody was to say by its own words: of none twice
 * @param more that is asked beside the first, in its order; absent in what an older version kept
 */
record Suspicion(@Nullable Question question, List<Major> asked, @Nullable List<Question> more) {

    static final Suspicion NONE = new Suspicion(null, List.of(), List.of());

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

    private static Suspicion of(List<Question> open, List<Major> asked) {
        return open.isEmpty()
                ? new Suspicion(null, asked, List.of())
                : new Suspicion(open.getFirst(), asked, List.copyOf(open.subList(1, open.size())));
    }

    /** One a ticket and kind. */
    static UUID proposalId(UUID ticketId, Major major) {
        return derived("major:" + ticketId + ":" + major);
    }

    /** What an older version kept with the tickets that brought it, to be asked in its turn. */
    Suspicion knowing(List<Merge.Absorbed> absorbed) {
        if (more != null) {
            return this;
        }
        var first = question;
        var waiting =
                first == null
                        ? List.<Question>of()
                        : absorbed.stream()
                                .flatMap(one -> one.unanswered().stream())
                                .filter(one -> !one.id().equals(first.id()))
                                .toList();
        return new Suspicion(question, asked, waiting);
    }

    /** All that nobody has answered, the first first. */
    List<Question> open() {
        var open = new ArrayList<Question>();
        if (question != null) {
            open.add(question);
        }
        open.addAll(Objects.requireNonNullElse(more, List.of()));
        return open;
    }

    List<UUID> unjudged() {
        return open().stream().map(Question::id).toList();
    }

    /** Empty when nobody asks that, or no more. */
    Optional<Question> find(UUID proposalId) {
        return open().stream().filter(one -> one.id().equals(proposalId)).findFirst();
    }

    List<Question> of(Major major) {
        return open().stream().filter(one -> one.major() == major).toList();
    }

    /** Its own words go before what other tickets brought, each kind in its turn. */
    Suspicion after(MajorProposed proposed) {
        var next = Question.of(proposed);
        var open = open();
        if (next.isOf(proposed.ticketId())) {
            open.removeIf(one -> one.id().equals(next.id()));
            open.add(own(open, proposed.ticketId()), next);
            var kinds = Stream.concat(asked.stream(), Stream.of(next.major()));
            return of(open, kinds.distinct().toList());
        }
        if (find(next.id()).isPresent()) {
            open.replaceAll(one -> one.id().equals(next.id()) ? next : one);
        } else {
            open.add(next);
        }
        return of(open, asked);
    }

    private static int own(List<Question> open, UUID ticketId) {
        return (int) open.stream().filter(one -> one.isOf(ticketId)).count();
    }

    /** Whatever sounds that way. */
    Suspicion after(MajorRefused no) {
        return without(one -> one.major() == no.major());
    }

    /** Answered, or nobody asks any more. */
    Suspicion settled() {
        return without(_ -> true);
    }

    /** What was asked here for another ticket is asked there again. */
    Suspicion without(UUID released) {
        return without(one -> one.isOf(released));
    }

    private Suspicion without(Predicate<Question> which) {
        return of(open().stream().filter(which.negate()).toList(), asked);
    }

    private static UUID derived(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
