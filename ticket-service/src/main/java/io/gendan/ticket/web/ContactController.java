package io.gendan.ticket.web;

import static io.gendan.api.Role.AGENT;
import static io.gendan.api.Role.CHANNEL;
import static io.gendan.api.Role.ESCALATION;
import static io.gendan.api.Role.SUPERVISOR;

import io.gendan.api.Allowed;
import io.gendan.api.Caller;
import io.gendan.api.IdempotencyKey;
import io.gendan.events.CallOutcome;
import io.gendan.events.Channel;
import io.gendan.events.ContactOutcome;
import io.gendan.events.Solved;
import io.gendan.ticket.ContactDesk;
import io.gendan.ticket.ContactDesk.Outgoing;
import io.gendan.ticket.Hearing;
import io.gendan.ticket.Incoming;
import io.swagger.v3.oas.annotations.Operation;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.util.UUID;

/** Calls and chats with the customer of a ticket. */
@RestController
@RequestMapping("/api/tickets/{id}")
class ContactController {

    private static final int LONGEST_NOTE = 500;
    private static final String SAYS_WHETHER =
            "Of a contact that was answered, `solved` tells what the customer says in it: YES"
                + " confirms a resolution, NO reopens it, and is followed up after the closing.";

    private final ContactDesk desk;
    private final Hearing hearing;
    private final Commands commands;

    /**
     * Of a ticket that there is; one that is opened by a call cannot be solved.
     *
     * @param solved whether it is, as the customer says in it
     */
    record ContactRequest(
            @Nullable Channel channel,
            @Nullable ContactOutcome outcome,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Solved solved) {

        Incoming toIncoming() {
            return new GivenContact(channel, outcome, startedAt, endedAt)
                    .toIncoming("", null, solved);
        }
    }

    /**
     * @param promiseId which promise it is for: kept when the customer was reached, and a first
     *     call also when they named another hour
     * @param solved whether it is, as the customer says: {@code NO} reopens a resolution, and is
     *     followed up after the closing
     */
    record CallRequest(
            @Nullable CallOutcome outcome,
            @Nullable UUID promiseId,
            @Nullable Instant nextTryAt,
            @Nullable String note,
            @Nullable Solved solved) {

        Outgoing toOutgoing() {
            return new Outgoing(
                    Given.required("/outcome", outcome),
                    promiseId,
                    nextTryAt,
                    note == null ? null : Given.text("/note", note, LONGEST_NOTE),
                    solved);
        }
    }

    ContactController(ContactDesk desk, Hearing hearing, Commands commands) {
        this.desk = desk;
        this.hearing = hearing;
        this.commands = commands;
    }

    /**
     * The customer called or chatted; who was not answered is promised to be called back. About
     * what is closed that opens its follow-up, unless it is open already or the customer says that
     * it is solved.
     */
    @PostMapping("/contacts")
    @Allowed({CHANNEL, AGENT, ESCALATION, SUPERVISOR})
    @Operation(description = SAYS_WHETHER)
    ResponseEntity<String> contact(
            @PathVariable UUID id,
            @RequestBody ContactRequest request,
            Caller caller,
            IdempotencyKey key) {
        var incoming = request.toIncoming();
        var act = commands.addition(id, caller);
        return commands.heard(key, id, () -> hearing.hear(act, incoming));
    }

    /** One of us called the customer, and what came of it. */
    @PostMapping("/calls")
    @Allowed({AGENT, ESCALATION, SUPERVISOR})
    ResponseEntity<String> call(
            @PathVariable UUID id,
            @RequestBody CallRequest request,
            Caller caller,
            IdempotencyKey key) {
        var outgoing = request.toOutgoing();
        return commands.once(key, () -> desk.record(commands.addition(id, caller), outgoing));
    }
}
