package io.gendan.escalation.web;

import static io.gendan.api.Role.ADMIN;
import static io.gendan.api.Role.AGENT;
import static io.gendan.api.Role.ANALYST;
import static io.gendan.api.Role.ESCALATION;
import static io.gendan.api.Role.OPS;
import static io.gendan.api.Role.SUPERVISOR;

import io.gendan.api.Allowed;
import io.gendan.api.Answers;
import io.gendan.api.Caller;
import io.gendan.api.Idempotency;
import io.gendan.api.IdempotencyKey;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Unscoped;
import io.gendan.escalation.Emergency;
import io.gendan.escalation.Emergency.Span;
import io.gendan.escalation.EmergencyDesk;
import io.gendan.events.EmergencyKind;
import io.gendan.events.Kind;
import io.gendan.events.Territory;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Emergencies, and the clocks that rest for them. */
@RestController
@RequestMapping("/api/emergencies")
@Allowed({AGENT, ESCALATION, SUPERVISOR, ANALYST, OPS, ADMIN})
class EmergencyController {

    private final EmergencyDesk desk;
    private final Idempotency idempotency;
    private final Answers answers;

    EmergencyController(EmergencyDesk desk, Idempotency idempotency, Answers answers) {
        this.desk = desk;
        this.idempotency = idempotency;
        this.answers = answers;
    }

    /**
     * @param from now, when absent
     * @param territories all, when absent; so are kinds and categories
     */
    record NewEmergency(
            @NotNull EmergencyKind kind,
            @NotBlank @Size(max = 200) String reason,
            @Nullable Instant from,
            @NotNull Instant until,
            @Nullable @Size(max = 20) List<@NotNull Territory> territories,
            @Nullable @Size(max = 10) List<@NotNull Kind> kinds,
            @Nullable @Size(max = 50)
                    List<@NotNull @Pattern(regexp = "[A-Z][A-Z0-9_]*(\\.[A-Z][A-Z0-9_]*)?") String>
                            categories) {

        EmergencyDesk.Draft draft() {
            return new EmergencyDesk.Draft(
                    kind,
                    reason,
                    from == null ? null : from.truncatedTo(ChronoUnit.MICROS),
                    until.truncatedTo(ChronoUnit.MICROS),
                    territories == null ? List.of() : territories,
                    kinds == null ? List.of() : kinds,
                    categories == null ? List.of() : categories);
        }
    }

    record Extension(@NotNull Instant until) {}

    /**
     * An emergency.
     *
     * @param rests when the clocks in its scope rest
     */
    record EmergencyView(
            UUID id,
            EmergencyKind kind,
            String reason,
            List<Territory> territories,
            List<Kind> kinds,
            List<String> categories,
            List<Span> rests,
            String declaredBy,
            Instant declaredAt,
            @Nullable Instant endedAt) {

        static EmergencyView of(Emergency emergency) {
            return new EmergencyView(
                    emergency.id(),
                    emergency.kind(),
                    emergency.reason(),
                    emergency.territories(),
                    emergency.kinds(),
                    emergency.categories(),
                    emergency.spans(),
                    emergency.declaredBy(),
                    emergency.declaredAt(),
                    emergency.endedAt());
        }
    }

    /**
     * @param ticketsLeft whose clocks have not been moved yet, and will be
     */
    record EmergencyProgress(EmergencyView emergency, long ticketsLeft) {}

    /** Lets the resolution of ordinary tickets in its scope rest, at most 72 hours. */
    @PostMapping
    @Allowed(SUPERVISOR)
    ResponseEntity<String> declare(
            @Valid @RequestBody NewEmergency declared, IdempotencyKey key, Caller caller) {
        return idempotency
                .once(
                        key,
                        () -> {
                            var emergency = desk.declare(declared.draft(), caller);
                            return answers.created(
                                    "/api/emergencies/" + emergency.id(),
                                    EmergencyView.of(emergency));
                        })
                .toResponse();
    }

    @PostMapping("/{id}/extend")
    @Allowed(SUPERVISOR)
    ResponseEntity<String> extend(
            @PathVariable UUID id,
            @Valid @RequestBody Extension extension,
            IdempotencyKey key,
            Caller caller) {
        var until = extension.until().truncatedTo(ChronoUnit.MICROS);
        return idempotency
                .once(key, () -> answers.ok(EmergencyView.of(desk.extend(id, until, caller))))
                .toResponse();
    }

    @PostMapping("/{id}/end")
    @Allowed(SUPERVISOR)
    ResponseEntity<String> end(@PathVariable UUID id, IdempotencyKey key, Caller caller) {
        return idempotency
                .once(key, () -> answers.ok(EmergencyView.of(desk.end(id, caller))))
                .toResponse();
    }

    @GetMapping
    @Unscoped("emergencies concern everybody, and name no customer")
    Page<EmergencyView> emergencies(Paging paging) {
        return desk.page(paging).map(EmergencyView::of);
    }

    @GetMapping("/{id}")
    @Unscoped("emergencies concern everybody, and name no customer")
    EmergencyProgress emergency(@PathVariable UUID id) {
        return new EmergencyProgress(EmergencyView.of(desk.emergency(id)), desk.left(id));
    }
}
