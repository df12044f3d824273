package io.gendan.ticket.web;

import static io.gendan.api.Role.AGENT;
import static io.gendan.api.Role.ESCALATION;
import static io.gendan.api.Role.SUPERVISOR;

import io.gendan.api.Allowed;
import io.gendan.api.Caller;
import io.gendan.api.IdempotencyKey;
import io.gendan.api.IfMatch;
import io.gendan.api.Problem;
import io.gendan.events.HandOffPacket;
import io.gendan.events.Territory;
import io.gendan.ticket.HandOverDesk;
import io.gendan.ticket.HandOverDesk.Destination;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

@RestController
@RequestMapping("/api/tickets/{id}")
@Allowed({AGENT, ESCALATION, SUPERVISOR})
class HandOverController {

    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_TEXT = 2_000;
    private static final int LONGEST_NAME = 64;

    private final HandOverDesk desk;
    private final Commands commands;

    /**
     * @param superior an account of a higher tier; any leader, when absent
     */
    record ConsultRequest(@Nullable String superior, @Nullable String question) {}

    record AdviceRequest(@Nullable String text) {}

    /**
     * @param agent one of these three says to whom
     */
    record TransferRequest(
            @Nullable String agent,
            @Nullable String team,
            @Nullable Territory territory,
            @Nullable String reason) {

        Destination toDestination() {
            if (Stream.of(agent, team, territory).filter(Objects::nonNull).count() != 1) {
                throw Problem.of(422, "one-destination").at("/agent");
            }
            if (territory == Territory.UNKNOWN) {
                throw Problem.of(422, "required", "territory").at("/territory");
            }
            return new Destination(
                    agent == null ? null : Given.text("/agent", agent, LONGEST_NAME),
                    team == null ? null : Given.text("/team", team, LONGEST_NAME),
                    territory);
        }
    }

    record DeclineRequest(@Nullable String reason) {}

    /**
     * @param byCustomer true: the customer wants it
     */
    record EscalateRequest(
            @Nullable String tried,
            @Nullable String evidence,
            @Nullable String asked,
            @Nullable String promised,
            @Nullable Boolean byCustomer) {

        HandOffPacket toPacket() {
            return new HandOffPacket(
                    Given.text("/tried", tried, LONGEST_TEXT),
                    evidence == null ? null : Given.text("/evidence", evidence, LONGEST_TEXT),
                    Given.text("/asked", asked, LONGEST_TEXT),
                    promised == null ? null : Given.text("/promised", promised, LONGEST_TEXT));
        }
    }

    /**
     * @param other the id of another ticket
     */
    record LinkRequest(@Nullable UUID other) {}

    HandOverController(HandOverDesk desk, Commands commands) {
        this.desk = desk;
        this.commands = commands;
    }

    /** Asks somebody above; whoever has the ticket keeps it. */
    @PostMapping("/consult")
    ResponseEntity<String> consult(
            @PathVariable UUID id,
            @RequestBody ConsultRequest request,
            IfMatch seen,
            Caller caller,
            IdempotencyKey key) {
        var given = request.superior();
        var superior = given == null ? null : Given.text("/superior", given, LONGEST_NAME);
        var question = Given.text("/question", request.question(), LONGEST_TEXT);
        return commands.edit(id, seen, caller, key, act -> desk.consult(act, superior, question));
    }

    @PostMapping("/consultations/{consultationId}/answer")
    ResponseEntity<String> advise(
            @PathVariable UUID id,
            @PathVariable UUID consultationId,
            @RequestBody AdviceRequest request,
            Caller caller,
            IdempotencyKey key) {
        var text = Given.text("/text", request.text(), LONGEST_TEXT);
        var act = commands.addition(id, caller);
        return commands.once(key, () -> desk.advise(act, consultationId, text));
    }

    /** Somebody else shall have it: whoever it is offered to has it when they accept. */
    @PostMapping("/transfer")
    ResponseEntity<String> transfer(
            @PathVariable UUID id,
            @RequestBody TransferRequest request,
            IfMatch seen,
            Caller caller,
            IdempotencyKey key) {
        var to = request.toDestination();
        var reason = Given.text("/reason", request.reason(), LONGEST_REASON);
        return commands.edit(id, seen, caller, key, act -> desk.transfer(act, to, reason));
    }

    @PostMapping("/transfer/accept")
    ResponseEntity<String> takeOver(
            @PathVariable UUID id, IfMatch seen, Caller caller, IdempotencyKey key) {
        return commands.edit(id, seen, caller, key, act -> desk.takeOver(act));
    }

    @PostMapping("/transfer/decline")
    ResponseEntity<String> decline(
            @PathVariable UUID id,
            @RequestBody DeclineRequest request,
            IfMatch seen,
            Caller caller,
            IdempotencyKey key) {
        var reason = Given.text("/reason", request.reason(), LONGEST_REASON);
        return commands.edit(id, seen, caller, key, act -> desk.decline(act, reason));
    }

    @PostMapping("/transfer/withdraw")
    ResponseEntity<String> withdrawTransfer(
            @PathVariable UUID id, IfMatch seen, Caller caller, IdempotencyKey key) {
        return commands.edit(id, seen, caller, key, act -> desk.withdrawTransfer(act));
    }

    /** The next tier shall have it, and is told what it needs to know. */
    @PostMapping("/escalate")
    ResponseEntity<String> escalate(
            @PathVariable UUID id,
            @RequestBody EscalateRequest request,
            IfMatch seen,
            Caller caller,
            IdempotencyKey key) {
        var packet = request.toPacket();
        var byCustomer = Boolean.TRUE.equals(request.byCustomer());
        return commands.edit(id, seen, caller, key, act -> desk.escalate(act, packet, byCustomer));
    }

    @PostMapping("/links")
    ResponseEntity<String> link(
            @PathVariable UUID id,
            @RequestBody LinkRequest request,
            IfMatch seen,
            Caller caller,
            IdempotencyKey key) {
        var other = Given.required("/other", request.other());
        return commands.edit(id, seen, caller, key, act -> desk.link(act, other));
    }

    @PostMapping("/links/{otherId}/remove")
    ResponseEntity<String> unlink(
            @PathVariable UUID id,
            @PathVariable UUID otherId,
            IfMatch seen,
            Caller caller,
            IdempotencyKey key) {
        return commands.edit(id, seen, caller, key, act -> desk.unlink(act, otherId));
    }
}
