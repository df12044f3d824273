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
import io.gendan.api.Problem;
import io.gendan.api.Unscoped;
import io.gendan.escalation.Policies;
import io.gendan.escalation.PolicyDesk;
import io.gendan.escalation.PolicyDraft;
import io.gendan.escalation.PolicyMove;
import io.gendan.escalation.PolicyPage;

import jakarta.validation.Valid;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

/** The targets of all clocks. */
@RestController
@RequestMapping("/api/policies")
@Allowed({AGENT, ESCALATION, SUPERVISOR, ANALYST, OPS, ADMIN})
class PolicyController {

    private final Policies policies;
    private final PolicyDesk desk;
    private final Idempotency idempotency;
    private final Answers answers;

    PolicyController(Policies policies, PolicyDesk desk, Idempotency idempotency, Answers answers) {
        this.policies = policies;
        this.desk = desk;
        this.idempotency = idempotency;
        this.answers = answers;
    }

    @GetMapping
    @Unscoped("targets are the same for all, and name no customer")
    List<PolicyPage> policies() {
        return policies.versions();
    }

    @GetMapping("/{version}")
    @Unscoped("targets are the same for all, and name no customer")
    PolicyPage policy(@PathVariable String version) {
        return policies.find(version).orElseThrow(Problem::notFound);
    }

    /** Adds a version, for tickets created from its {@code validFrom} on. */
    @PostMapping
    @Allowed(SUPERVISOR)
    ResponseEntity<String> add(
            @Valid @RequestBody PolicyDraft draft, IdempotencyKey key, Caller caller) {
        return idempotency
                .once(
                        key,
                        () -> {
                            var page = desk.add(draft, caller);
                            return answers.created("/api/policies/" + page.version(), page);
                        })
                .toResponse();
    }

    /** What {@code apply} would do to open tickets, piece by piece in the order of their ids. */
    @GetMapping("/{version}/preview")
    @Allowed(SUPERVISOR)
    @Unscoped("supervisors see all tickets, and this shows only their numbers")
    Page<PolicyMove> preview(@PathVariable String version, Paging paging) {
        return desk.preview(version, paging);
    }

    /** Puts up to 500 open tickets under the version; again while {@code left} is not 0. */
    @PostMapping("/{version}/apply")
    @Allowed(SUPERVISOR)
    ResponseEntity<String> apply(@PathVariable String version, IdempotencyKey key, Caller caller) {
        return idempotency.once(key, () -> answers.ok(desk.apply(version, caller))).toResponse();
    }
}
