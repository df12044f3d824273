package io.gendan.ticket;

import io.gendan.events.TicketEvent.ConsultationAnswered;
import io.gendan.events.TicketEvent.Consulted;
import io.gendan.ticket.Ticket.Person;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A question to somebody above; whoever asks stays the owner.
 *
 * @param superior absent when any leader may answer
 * @param answer absent while it is open
 */
record Consultation(
        UUID id,
        Person by,
        @Nullable String superior,
        String question,
        Instant at,
        @Nullable Answer answer) {

    record Answer(String by, String text, Instant at) {}

    boolean isOpen() {
        return answer == null;
    }

    /**
     * @param text masked
     */
    record Question(UUID id, Person by, @Nullable String superior, String text) {

        Consulted told(Stamp stamp) {
            return new Consulted(
                    stamp.ticketId(),
                    stamp.round(),
                    stamp.stay(),
                    stamp.at(),
                    id,
                    by.id(),
                    by.name(),
                    superior,
                    text);
        }
    }

    static Consultation of(Consulted asked) {
        return new Consultation(
                asked.consultationId(),
                new Person(asked.by(), asked.byName()),
                asked.superior(),
                asked.question(),
                asked.at(),
                null);
    }

    Consultation with(ConsultationAnswered answered) {
        return answered.consultationId().equals(id)
                ? new Consultation(
                        id,
                        by,
                        superior,
                        question,
                        at,
                        new Answer(answered.by(), answered.text(), answered.at()))
                : this;
    }
}
