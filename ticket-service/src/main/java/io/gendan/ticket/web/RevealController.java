package io.gendan.ticket.web;

import static io.gendan.api.Role.ADMIN;
import static io.gendan.api.Role.AGENT;
import static io.gendan.api.Role.ESCALATION;
import static io.gendan.api.Role.SUPERVISOR;

import io.gendan.api.Allowed;
import io.gendan.api.Answers;
import io.gendan.api.Caller;
import io.gendan.api.Idempotency;
import io.gendan.api.IdempotencyKey;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Unscoped;
import io.gendan.ticket.RevealDesk;
import io.gendan.ticket.Reveals;
import io.gendan.ticket.Reveals.Filter;
import io.gendan.ticket.Reveals.Reveal;
import io.swagger.v3.oas.annotations.Operation;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.util.UUID;

/**
 * What is masked everywhere else, for those of us who serve customers. The same key again gets the
 * same answer, which lies sealed meanwhile, and adds nothing to the record.
 */
@RestController
@RequestMapping("/api")
@Allowed({AGENT, ESCALATION, SUPERVISOR, ADMIN})
class RevealController {

    private static final int LONGEST_REASON = 200;

    private final RevealDesk desk;
    private final Reveals reveals;
    private final Scopes scopes;
    private final Idempotency idempotency;
    private final Answers answers;

    record RevealRequest(@Nullable String reason) {

        String given() {
            return Given.text("/reason", reason, LONGEST_REASON);
        }
    }

    RevealController(
            RevealDesk desk,
            Reveals reveals,
            Scopes scopes,
            Idempotency idempotency,
            Answers answers) {
        this.desk = desk;
        this.reveals = reveals;
        this.scopes = scopes;
        this.idempotency = idempotency;
        this.answers = answers;
    }

    @PostMapping("/tickets/{id}/reveal")
    @Operation(
            description =
                    "The customer's phone number and name, and subject, body, result and the last"
                            + " 50 messages as they were written. Each time is on record.")
    ResponseEntity<String> ticket(
            @PathVariable UUID id,
            @RequestBody RevealRequest request,
            Caller caller,
            IdempotencyKey key) {
        var reason = request.given();
        var scope = scopes.of(caller);
        return idempotency
                .once(key, () -> answers.ok(desk.ticket(id, reason, caller, scope)))
                .toResponse();
    }

    @PostMapping("/customers/{id}/reveal")
    @Operation(description = "The phone number and the name. Each time is on record.")
    ResponseEntity<String> customer(
            @PathVariable UUID id,
            @RequestBody RevealRequest request,
            Caller caller,
            IdempotencyKey key) {
        var reason = request.given();
        scopes.requireOne(caller);
        return idempotency
                .once(key, () -> answers.ok(desk.customer(id, reason, caller)))
                .toResponse();
    }

    @GetMapping("/reveals")
    @Allowed({SUPERVISOR, ADMIN})
    @Unscoped("leaders see what was revealed to anybody")
    @Operation(description = "What was revealed to whom and why, newest first.")
    Page<Reveal> list(
            @RequestParam(required = false) @Nullable UUID ticket,
            @RequestParam(required = false) @Nullable UUID customer,
            @RequestParam(required = false) @Nullable String by,
            Paging paging) {
        return reveals.list(new Filter(ticket, customer, by), paging);
    }
}
