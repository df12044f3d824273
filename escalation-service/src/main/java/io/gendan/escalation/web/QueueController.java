package io.gendan.escalation.web;

import static io.gendan.api.Role.ADMIN;
import static io.gendan.api.Role.ESCALATION;
import static io.gendan.api.Role.SUPERVISOR;

import io.gendan.api.Allowed;
import io.gendan.api.Answers;
import io.gendan.api.Caller;
import io.gendan.api.Idempotency;
import io.gendan.api.IdempotencyKey;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.escalation.EscalationDesk;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.UUID;

@RestController
class QueueController {

    private final EscalationDesk desk;
    private final Idempotency idempotency;
    private final Answers answers;

    QueueController(EscalationDesk desk, Idempotency idempotency, Answers answers) {
        this.desk = desk;
        this.idempotency = idempotency;
        this.answers = answers;
    }

    @GetMapping("/api/queues/{tier}")
    @Allowed({ESCALATION, SUPERVISOR, ADMIN})
    Page<EscalationView> queue(@PathVariable int tier, Paging paging, Caller caller) {
        return desk.queue(tier, paging, desk.scope(caller)).map(EscalationView::of);
    }

    /** The head of the line becomes theirs. */
    @PostMapping("/api/queues/{tier}/claim")
    @Allowed({ESCALATION, SUPERVISOR})
    ResponseEntity<String> claimHead(@PathVariable int tier, IdempotencyKey key, Caller caller) {
        var scope = desk.scope(caller);
        return idempotency
                .once(
                        key,
                        () ->
                                desk.claimHead(tier, caller, scope)
                                        .map(entry -> answers.ok(EscalationView.of(entry)))
                                        .orElseGet(answers::noContent))
                .toResponse();
    }

    @GetMapping("/api/escalations/{id}")
    @Allowed({ESCALATION, SUPERVISOR, ADMIN})
    EscalationView escalation(@PathVariable UUID id, Caller caller) {
        return EscalationView.of(desk.escalation(id, desk.scope(caller)));
    }

    /** The head of the line by its id; only leaders pick another, which is on record. */
    @PostMapping("/api/escalations/{id}/claim")
    @Allowed({ESCALATION, SUPERVISOR})
    ResponseEntity<String> claim(@PathVariable UUID id, IdempotencyKey key, Caller caller) {
        var scope = desk.scope(caller);
        return idempotency
                .once(key, () -> answers.ok(EscalationView.of(desk.claim(id, caller, scope))))
                .toResponse();
    }
}
