package io.gendan.ticket.web;

import static io.gendan.api.Role.AGENT;
import static io.gendan.api.Role.ESCALATION;
import static io.gendan.api.Role.SUPERVISOR;

import io.gendan.api.Allowed;
import io.gendan.api.Caller;
import io.gendan.api.IdempotencyKey;
import io.gendan.api.IfMatch;
import io.gendan.ticket.TicketDesk;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.LocalDate;
import java.util.UUID;

/** What a ticket's procedure asks for, beside what its other commands do by themselves. */
@RestController
@RequestMapping("/api/tickets/{id}")
@Allowed({AGENT, ESCALATION, SUPERVISOR})
class CourseController {

    private static final int LONGEST_CODE = 40;
    private static final int LONGEST_REFERENCE = 200;

    private final TicketDesk desk;
    private final Commands commands;

    record StepRequest(@Nullable String step, @Nullable String note) {}

    record ReviewRequest(@Nullable String cause, @Nullable String measure) {}

    /**
     * @param reference under which an authority keeps it
     */
    record FilingRequest(
            @Nullable String text, @Nullable LocalDate filedOn, @Nullable String reference) {}

    CourseController(TicketDesk desk, Commands commands) {
        this.desk = desk;
        this.commands = commands;
    }

    @PostMapping("/steps")
    ResponseEntity<String> step(
            @PathVariable UUID id,
            @RequestBody StepRequest request,
            IfMatch seen,
            Caller caller,
            IdempotencyKey key) {
        var step = Given.text("/step", request.step(), LONGEST_CODE);
        var note = request.note() == null ? null : Given.text("/note", request.note());
        return commands.edit(id, seen, caller, key, act -> desk.takeStep(act, step, note));
    }

    /** Cause and measure of a complaint, in words. */
    @PostMapping("/review")
    ResponseEntity<String> review(
            @PathVariable UUID id,
            @RequestBody ReviewRequest request,
            IfMatch seen,
            Caller caller,
            IdempotencyKey key) {
        var cause = Given.text("/cause", request.cause());
        var measure = Given.text("/measure", request.measure());
        return commands.edit(id, seen, caller, key, act -> desk.review(act, cause, measure));
    }

    /**
     * The answer that an authority got ends its complaint, and that about personal data its
     * request.
     */
    @PostMapping("/filing")
    ResponseEntity<String> file(
            @PathVariable UUID id,
            @RequestBody FilingRequest request,
            IfMatch seen,
            Caller caller,
            IdempotencyKey key) {
        var text = Given.text("/text", request.text());
        var filedOn = Given.required("/filedOn", request.filedOn());
        var reference =
                request.reference() == null
                        ? null
                        : Given.text("/reference", request.reference(), LONGEST_REFERENCE);
        return commands.edit(
                id, seen, caller, key, act -> desk.file(act, text, filedOn, reference));
    }
}
