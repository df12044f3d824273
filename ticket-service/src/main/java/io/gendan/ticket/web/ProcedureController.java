package io.gendan.ticket.web;

import static io.gendan.api.Role.ADMIN;
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
import io.gendan.ticket.rules.RuleBook;
import io.gendan.ticket.rules.RulesDraft;
import io.gendan.ticket.rules.RulesPage;
import io.gendan.ticket.rules.Versions.Version;

import jakarta.validation.Valid;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How tickets are served. */
@RestController
@RequestMapping("/api/procedures")
@Allowed
class ProcedureController {

    private static final String NOBODYS = "reference data, nothing of customers in it";

    private final RuleBook rules;
    private final Idempotency idempotency;
    private final Answers answers;

    ProcedureController(RuleBook rules, Idempotency idempotency, Answers answers) {
        this.rules = rules;
        this.idempotency = idempotency;
        this.answers = answers;
    }

    @GetMapping
    @Unscoped(NOBODYS)
    Page<Version> versions(Paging paging) {
        return rules.versions(paging);
    }

    @GetMapping("/{version}")
    @Unscoped(NOBODYS)
    RulesPage version(@PathVariable String version) {
        return rules.find(version).orElseThrow(Problem::notFound);
    }

    /** Adds a version, for tickets opened from its {@code validFrom} on. */
    @PostMapping
    @Allowed({SUPERVISOR, ADMIN})
    ResponseEntity<String> add(
            @Valid @RequestBody RulesDraft draft, IdempotencyKey key, Caller caller) {
        return idempotency
                .once(
                        key,
                        () -> {
                            var made = rules.add(draft, caller);
                            return answers.created("/api/procedures/" + made.version(), made);
                        })
                .toResponse();
    }
}
