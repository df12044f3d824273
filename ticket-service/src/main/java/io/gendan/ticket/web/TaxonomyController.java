package io.gendan.ticket.web;

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
import io.gendan.ticket.Category;
import io.gendan.ticket.Department;
import io.gendan.ticket.Taxonomies;
import io.gendan.ticket.Taxonomy;
import io.gendan.ticket.TaxonomyDraft;
import io.gendan.ticket.rules.Versions.Version;

import jakarta.validation.Valid;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

/** What tickets are about, and who answers for it. */
@RestController
@Allowed
class TaxonomyController {

    private static final String NOBODYS = "reference data, nothing of customers in it";

    private final Taxonomies taxonomies;
    private final Idempotency idempotency;
    private final Answers answers;

    record Categories(String version, List<Category> items) {}

    record Departments(String version, List<Department> items) {}

    TaxonomyController(Taxonomies taxonomies, Idempotency idempotency, Answers answers) {
        this.taxonomies = taxonomies;
        this.idempotency = idempotency;
        this.answers = answers;
    }

    /** Of the version in force, or of another. */
    @GetMapping("/api/categories")
    @Unscoped(NOBODYS)
    Categories categories(@RequestParam(required = false) @Nullable String version) {
        var taxonomy = taxonomy(version);
        return new Categories(taxonomy.version(), taxonomy.categories());
    }

    /** Of the version in force, or of another. */
    @GetMapping("/api/departments")
    @Unscoped(NOBODYS)
    Departments departments(@RequestParam(required = false) @Nullable String version) {
        var taxonomy = taxonomy(version);
        return new Departments(taxonomy.version(), taxonomy.departments());
    }

    @GetMapping("/api/taxonomies")
    @Unscoped(NOBODYS)
    Page<Version> versions(Paging paging) {
        return taxonomies.versions(paging);
    }

    @GetMapping("/api/taxonomies/{version}")
    @Unscoped(NOBODYS)
    Taxonomy version(@PathVariable String version) {
        return taxonomy(version);
    }

    /** Adds a version, for tickets opened from its {@code validFrom} on. */
    @PostMapping("/api/taxonomies")
    @Allowed(SUPERVISOR)
    ResponseEntity<String> add(
            @Valid @RequestBody TaxonomyDraft draft, IdempotencyKey key, Caller caller) {
        return idempotency
                .once(
                        key,
                        () -> {
                            var made = taxonomies.add(draft, caller);
                            return answers.created("/api/taxonomies/" + made.version(), made);
                        })
                .toResponse();
    }

    private Taxonomy taxonomy(@Nullable String version) {
        return version == null
                ? taxonomies.current()
                : taxonomies.taxonomy(version).orElseThrow(Problem::notFound);
    }
}
