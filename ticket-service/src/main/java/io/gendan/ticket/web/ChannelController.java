package io.gendan.ticket.web;

import io.gendan.api.Allowed;
import io.gendan.api.Answers;
import io.gendan.api.Caller;
import io.gendan.api.Idempotency;
import io.gendan.api.IdempotencyKey;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Role;
import io.gendan.api.Scope;
import io.gendan.ticket.ChannelOutbox;
import io.gendan.ticket.ChannelOutbox.Delivery;
import io.gendan.ticket.ChannelOutbox.Reported;
import io.gendan.ticket.DeliveryDesk;
import io.swagger.v3.oas.annotations.Operation;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.UUID;
import java.util.function.Supplier;

/** What a channel fetches to tell its customers, and reports. */
@RestController
@RequestMapping("/api/channels/outbox")
@Allowed(Role.CHANNEL)
class ChannelController {

    private static final int LONGEST_REASON = 500;

    private final ChannelOutbox outbox;
    private final DeliveryDesk deliveries;
    private final Idempotency idempotency;
    private final Answers answers;

    record FailedRequest(@Nullable String reason) {}

    ChannelController(
            ChannelOutbox outbox,
            DeliveryDesk deliveries,
            Idempotency idempotency,
            Answers answers) {
        this.outbox = outbox;
        this.deliveries = deliveries;
        this.idempotency = idempotency;
        this.answers = answers;
    }

    @Operation(
            description =
                    "Oldest first; of one ticket one at a time. Surveys, and that it is solved, are"
                            + " not handed out at night, and hold nothing else up then.")
    @GetMapping
    Page<Delivery> waiting(Paging paging, Caller caller) {
        return outbox.waiting(paging, own(caller));
    }

    @PostMapping("/{id}/delivered")
    ResponseEntity<String> delivered(@PathVariable UUID id, Caller caller, IdempotencyKey key) {
        return once(key, () -> outbox.delivered(id, own(caller)));
    }

    @PostMapping("/{id}/failed")
    ResponseEntity<String> failed(
            @PathVariable UUID id,
            @RequestBody FailedRequest request,
            Caller caller,
            IdempotencyKey key) {
        var reason = Given.text("/reason", request.reason(), LONGEST_REASON);
        return once(key, () -> deliveries.failed(id, reason, own(caller)));
    }

    private ResponseEntity<String> once(IdempotencyKey key, Supplier<Reported> report) {
        return idempotency.once(key, () -> answers.ok(report.get())).toResponse();
    }

    private static Scope.OfChannel own(Caller caller) {
        return new Scope.OfChannel(caller.id());
    }
}
