package io.gendan.ticket.web;

import static io.gendan.api.Role.ADMIN;
import static io.gendan.api.Role.AGENT;
import static io.gendan.api.Role.ESCALATION;
import static io.gendan.api.Role.SUPERVISOR;

import io.gendan.api.Allowed;
import io.gendan.api.Caller;
import io.gendan.api.ChangesNothing;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Unscoped;
import io.gendan.ticket.CustomerDesk;
import io.gendan.ticket.CustomerDesk.Grading;
import io.gendan.ticket.CustomerReading;
import io.gendan.ticket.CustomerReading.CustomerView;
import io.gendan.ticket.CustomerReading.GradeChange;
import io.gendan.ticket.CustomerReading.ShownCustomer;
import io.gendan.ticket.rules.Grade;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.UUID;

/** Customers, for those of us who serve them; a channel knows its own. */
@RestController
@RequestMapping("/api/customers")
@Allowed({AGENT, ESCALATION, SUPERVISOR, ADMIN})
class CustomerController {

    private static final int LONGEST_PHONE = 64;
    private static final int LONGEST_REASON = 500;

    private final CustomerReading reading;
    private final CustomerDesk desk;
    private final Scopes scopes;

    /**
     * @param phone in any writing
     */
    record SearchRequest(@Nullable String phone) {}

    /**
     * @param care to be considerate with; as it was when absent
     */
    record GradeRequest(@Nullable Grade grade, @Nullable Boolean care, @Nullable String reason) {

        Grading toGrading() {
            return new Grading(
                    Given.required("/grade", grade),
                    care,
                    Given.text("/reason", reason, LONGEST_REASON));
        }
    }

    CustomerController(CustomerReading reading, CustomerDesk desk, Scopes scopes) {
        this.reading = reading;
        this.desk = desk;
        this.scopes = scopes;
    }

    /** By phone, which stands in no address: one customer, or none. */
    @PostMapping("/search")
    @ChangesNothing
    @Unscoped("any customer may call anybody, who must find them then")
    Page<ShownCustomer> search(@RequestBody SearchRequest request) {
        return reading.search(Given.text("/phone", request.phone(), LONGEST_PHONE));
    }

    /** With their tickets, of which {@code limit} and {@code cursor} choose a piece. */
    @GetMapping("/{id}")
    CustomerView show(@PathVariable UUID id, Paging paging, Caller caller) {
        return reading.require(id, paging, scopes.of(caller));
    }

    /** Counts for tickets opened from then on. */
    @PutMapping("/{id}/grade")
    @Allowed({SUPERVISOR, ADMIN})
    ShownCustomer grade(@PathVariable UUID id, @RequestBody GradeRequest request, Caller caller) {
        return desk.grade(id, request.toGrading(), caller);
    }

    /** Who changed the grade, when, and why. */
    @GetMapping("/{id}/grades")
    @Allowed({SUPERVISOR, ADMIN})
    @Unscoped("leaders see every customer")
    Page<GradeChange> grades(@PathVariable UUID id, Paging paging) {
        return reading.gradeChanges(id, paging);
    }
}
