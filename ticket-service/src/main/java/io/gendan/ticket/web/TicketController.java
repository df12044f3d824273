package io.gendan.ticket.web;

import static io.gendan.api.Role.ADMIN;
import static io.gendan.api.Role.AGENT;
import static io.gendan.api.Role.CHANNEL;
import static io.gendan.api.Role.ESCALATION;
import static io.gendan.api.Role.SUPERVISOR;

import io.gendan.api.Allowed;
import io.gendan.api.Caller;
import io.gendan.api.IdempotencyKey;
import io.gendan.api.IfMatch;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Problem;
import io.gendan.api.Scope;
import io.gendan.events.Channel;
import io.gendan.events.CloseReason;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent.AnswerFiled;
import io.gendan.events.TicketEvent.CallAttempted;
import io.gendan.events.TicketEvent.ClosingOverdue;
import io.gendan.events.TicketEvent.ClosingRefused;
import io.gendan.events.TicketEvent.ConsultationAnswered;
import io.gendan.events.TicketEvent.Consulted;
import io.gendan.events.TicketEvent.EscalationRequested;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.MajorProposed;
import io.gendan.events.TicketEvent.MajorRefused;
import io.gendan.events.TicketEvent.NoteAdded;
import io.gendan.events.TicketEvent.ReviewWritten;
import io.gendan.events.TicketEvent.StepDone;
import io.gendan.events.TicketEvent.TicketAbsorbed;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketLinked;
import io.gendan.events.TicketEvent.TicketMerged;
import io.gendan.events.TicketEvent.TicketReleased;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.events.TicketEvent.TicketResolved;
import io.gendan.events.TicketEvent.TicketUnlinked;
import io.gendan.events.TicketEvent.TicketUnmerged;
import io.gendan.events.TicketEvent.TransferEnded;
import io.gendan.events.TicketEvent.TransferOffered;
import io.gendan.events.TicketEvent.TransferRequested;
import io.gendan.events.WaitingReason;
import io.gendan.messaging.EventLog.LoggedEvent;
import io.gendan.ticket.FollowUpDesk;
import io.gendan.ticket.Hearing;
import io.gendan.ticket.IntakeLine;
import io.gendan.ticket.MergeDesk;
import io.gendan.ticket.Messages;
import io.gendan.ticket.PromiseDesk;
import io.gendan.ticket.PromiseDesk.Pledge;
import io.gendan.ticket.Resolution;
import io.gendan.ticket.TicketCounts;
import io.gendan.ticket.TicketCounts.Counts;
import io.gendan.ticket.TicketDesk;
import io.gendan.ticket.TicketDesk.Words;
import io.gendan.ticket.TicketReading;
import io.gendan.ticket.TicketReading.Filter;
import io.gendan.ticket.TicketSnapshot;
import io.gendan.ticket.TicketStatus;
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

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

@RestController
@RequestMapping("/api/tickets")
class TicketController {

    private static final int LONGEST_PROMISE = 500;
    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_ACCOUNT = 200;
    private static final String MASKED =
            "Strings that look like numbers are masked in what people wrote, also for the channel"
                    + " that brought it. POST /api/tickets/{id}/reveal shows them; what a channel"
                    + " is to tell its customer, its outbox has as it was written.";

    private final IntakeLine intake;
    private final FollowUpDesk followUps;
    private final TicketDesk desk;
    private final PromiseDesk promises;
    private final MergeDesk merges;
    private final Hearing hearing;
    private final TicketReading reading;
    private final TicketCounts counts;
    private final Messages messages;
    private final Scopes scopes;
    private final Commands commands;

    /**
     * @param sentAt when the customer wrote it, if the channel knows
     * @param contactId the call or chat that it belongs to
     */
    record MessageRequest(
            @Nullable String text, @Nullable Instant sentAt, @Nullable UUID contactId) {}

    /**
     * @param promiseId for {@code AGREED}: the open promise that the wait is for
     * @param until for {@code AGREED} without a promise: makes one, due then
     * @param what for {@code until}: what is promised
     * @param search for {@code CARRIER}: who looks for the parcel
     */
    record WaitRequest(
            @Nullable WaitingReason reason,
            @Nullable UUID promiseId,
            @Nullable Instant until,
            @Nullable String what,
            @Nullable Boolean search) {}

    /**
     * @param channel on which it will be kept
     * @param customerAsked for that hour: then it may be one at which customers are not called
     * @param owner the colleague who is to do it; the caller, when absent
     */
    record PromiseRequest(
            @Nullable String what,
            @Nullable Instant dueAt,
            @Nullable Channel channel,
            @Nullable Boolean customerAsked,
            @Nullable String owner) {}

    /**
     * @param channel where the customer asked; the ticket's, when absent
     * @param text what they said, if anything
     */
    record UrgeRequest(@Nullable Channel channel, @Nullable String text) {}

    record WithdrawRequest(@Nullable String reason) {}

    /**
     * @param into another ticket of the same customer
     */
    record MergeRequest(@Nullable UUID into, @Nullable String reason) {}

    record UndoMergeRequest(@Nullable String reason) {}

    record NoteRequest(@Nullable String text) {}

    record ReopenRequest(@Nullable String reason) {}

    record CancelRequest(@Nullable String reason) {}

    /**
     * @param statements what is to be said about the reason, by the codes of the service rules
     */
    record CloseRequest(
            @Nullable CloseReason reason, @Nullable Map<String, @Nullable String> statements) {}

    /**
     * One event of a ticket's life, without the prefix of the phone number: it and the masked
     * number would be the whole one. Channels see that we did something among us, and not what.
     */
    record TimelineEntry(
            long version,
            UUID id,
            String type,
            Instant at,
            String actor,
            @Nullable String reason,
            JsonNode facts) {

        private static final Set<String> AMONG_US =
                Stream.of(
                                NoteAdded.class,
                                StepDone.class,
                                ReviewWritten.class,
                                AnswerFiled.class,
                                CallAttempted.class,
                                TicketMerged.class,
                                TicketAbsorbed.class,
                                TicketUnmerged.class,
                                TicketReleased.class,
                                Consulted.class,
                                ConsultationAnswered.class,
                                TransferRequested.class,
                                TransferOffered.class,
                                TransferEnded.class,
                                EscalationRequested.class,
                                MajorProposed.class,
                                MajorRefused.class,
                                TicketLinked.class,
                                TicketUnlinked.class)
                        .map(Class::getSimpleName)
                        .collect(Collectors.toUnmodifiableSet());

        /** What a solution, another view of the matter, or an end says about us. */
        private static final Map<String, Set<String>> OUR_VIEW =
                Map.of(
                        TicketResolved.class.getSimpleName(),
                        Set.of("rootCause", "responsibleSide", "proof", "explanation"),
                        FactsChanged.class.getSimpleName(),
                        Set.of("reason"),
                        ClosingRefused.class.getSimpleName(),
                        Set.of("unjudged"),
                        ClosingOverdue.class.getSimpleName(),
                        Set.of("unjudged"),
                        TicketReopened.class.getSimpleName(),
                        Set.of("said"),
                        TicketClosed.class.getSimpleName(),
                        Set.of("explanation"));

        static TimelineEntry of(LoggedEvent event, Scope scope) {
            return new TimelineEntry(
                    event.sequence(),
                    event.id(),
                    event.type(),
                    event.at(),
                    event.actor(),
                    isAmongUs(event, scope) ? null : event.reason(),
                    visible(event, scope));
        }

        private static JsonNode visible(LoggedEvent event, Scope scope) {
            var facts = event.payload();
            if (facts.path("region") instanceof ObjectNode region) {
                region.remove("mobilePrefix");
            }
            if (scope instanceof Scope.OfChannel && facts instanceof ObjectNode told) {
                if (isAmongUs(event, scope)) {
                    told.retain("ticketId", "round", "stay", "at");
                } else {
                    told.remove(OUR_VIEW.getOrDefault(event.type(), Set.of()));
                }
            }
            return facts;
        }

        private static boolean isAmongUs(LoggedEvent event, Scope scope) {
            return scope instanceof Scope.OfChannel && AMONG_US.contains(event.type());
        }
    }

    TicketController(
            IntakeLine intake,
            FollowUpDesk followUps,
            TicketDesk desk,
            PromiseDesk promises,
            MergeDesk merges,
            Hearing hearing,
            TicketReading reading,
            TicketCounts counts,
            Messages messages,
            Scopes scopes,
            Commands commands) {
        this.intake = intake;
        this.followUps = followUps;
        this.desk = desk;
        this.promises = promises;
        this.merges = merges;
        this.hearing = hearing;
        this.reading = reading;
        this.counts = counts;
        this.messages = messages;
        this.scopes = scopes;
        this.commands = commands;
    }

    @PostMapping
    @Allowed({CHANNEL, AGENT, ESCALATION, SUPERVISOR})
    ResponseEntity<String> open(
            @RequestBody OpenRequest request, Caller caller, IdempotencyKey key) {
        var taking = request.toTaking(caller);
        var opening = request.toOpening();
        var closed = request.followedUp(caller);
        return closed == null
                ? intake.open(opening, taking, caller, key).toResponse()
                : followUps
                        .open(commands.addition(closed, caller), opening, taking, key)
                        .toResponse();
    }

    @GetMapping("/{id}")
    @Allowed({CHANNEL, AGENT, ESCALATION, SUPERVISOR, ADMIN})
    @Operation(description = MASKED)
    ResponseEntity<TicketSnapshot> show(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable Instant at,
            Caller caller) {
        if (at != null) {
            return ResponseEntity.ok(reading.require(id, at, scopes.of(caller)));
        }
        var ticket = reading.require(id, scopes.of(caller));
        return ResponseEntity.ok().eTag(Commands.etag(ticket)).body(ticket);
    }

    @GetMapping
    @Allowed({CHANNEL, AGENT, ESCALATION, SUPERVISOR, ADMIN})
    @Operation(description = MASKED)
    Page<TicketSnapshot> list(
            @RequestParam(required = false) @Nullable TicketStatus status,
            @RequestParam(required = false) @Nullable Kind kind,
            @RequestParam(required = false) @Nullable Channel channel,
            @RequestParam(required = false) @Nullable String category,
            @RequestParam(required = false) @Nullable Territory territory,
            @RequestParam(required = false) @Nullable Integer tier,
            @RequestParam(required = false) @Nullable String assignee,
            @RequestParam(required = false) @Nullable String number,
            @RequestParam(required = false) @Nullable String responsible,
            @RequestParam(required = false) @Nullable Priority priority,
            @RequestParam(required = false) @Nullable Instant dueBefore,
            Paging paging,
            Caller caller) {
        var filter =
                new Filter(
                        status,
                        kind,
                        channel,
                        category,
                        territory,
                        tier,
                        assignee,
                        number,
                        responsible,
                        priority,
                        dueBefore);
        return reading.list(filter, paging, scopes.of(caller));
    }

    @GetMapping("/counts")
    @Allowed({AGENT, ESCALATION, SUPERVISOR, ADMIN})
    Counts count(@RequestParam(required = false) @Nullable Territory territory, Caller caller) {
        return counts.read(scopes.of(caller), territory);
    }

    @GetMapping("/{id}/timeline")
    @Allowed({CHANNEL, AGENT, ESCALATION, SUPERVISOR, ADMIN})
    Page<TimelineEntry> timeline(@PathVariable UUID id, Paging paging, Caller caller) {
        var scope = scopes.of(caller);
        return reading.timeline(id, paging, scope).map(event -> TimelineEntry.of(event, scope));
    }

    @PostMapping("/{id}/messages")
    @Allowed({CHANNEL, AGENT, ESCALATION, SUPERVISOR})
    ResponseEntity<String> say(
            @PathVariable UUID id,
            @RequestBody MessageRequest request,
            Caller caller,
            IdempotencyKey key) {
        var text = Given.text("/text", request.text());
        if (!caller.isOneOf(CHANNEL) && request.sentAt() != null) {
            throw Problem.of(422, "for-channels", "sentAt").at("/sentAt");
        }
        var words = new Words(text, request.sentAt(), request.contactId());
        var act = commands.addition(id, caller);
        return caller.isOneOf(CHANNEL)
                ? commands.heard(key, id, () -> hearing.hear(act, words))
                : commands.once(key, () -> desk.answer(act, words));
    }

    /** The customer asks again; also one of us for them. */
    @PostMapping("/{id}/urge")
    @Allowed({CHANNEL, AGENT, ESCALATION, SUPERVISOR})
    ResponseEntity<String> urge(
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable UrgeRequest request,
            Caller caller,
            IdempotencyKey key) {
        var channel = request == null ? null : request.channel();
        if (channel == Channel.UNKNOWN) {
            throw Problem.of(422, "required", "channel").at("/channel");
        }
        var given = request == null ? null : request.text();
        var text = given == null ? null : Given.text("/text", given);
        var act = commands.addition(id, caller);
        return commands.heard(key, id, () -> hearing.urge(act, channel, text));
    }

    @GetMapping("/{id}/messages")
    @Allowed({CHANNEL, AGENT, ESCALATION, SUPERVISOR, ADMIN})
    @Operation(description = MASKED)
    Page<Messages.Shown> messages(@PathVariable UUID id, Paging paging, Caller caller) {
        return messages.list(id, paging, scopes.of(caller));
    }

    /** Something for the others of us, which the customer never sees. */
    @PostMapping("/{id}/note")
    @Allowed({AGENT, ESCALATION, SUPERVISOR})
    ResponseEntity<String> note(
            @PathVariable UUID id,
            @RequestBody NoteRequest request,
            Caller caller,
            IdempotencyKey key) {
        var text = Given.text("/text", request.text());
        return commands.once(key, () -> desk.note(commands.addition(id, caller), text));
    }

    @PostMapping("/{id}/reopen")
    @Allowed({CHANNEL, AGENT, ESCALATION, SUPERVISOR})
    ResponseEntity<String> reopen(
            @PathVariable UUID id,
            @RequestBody ReopenRequest request,
            IfMatch seen,
            Caller caller,
            IdempotencyKey key) {
        var reason = Given.text("/reason", request.reason(), LONGEST_REASON);
        var act = commands.edit(id, seen, caller);
        return commands.heard(key, id, () -> hearing.reopen(act, reason));
    }

    /** By the customer's channel or a leader: an agent alone cannot. */
    @PostMapping("/{id}/cancel")
    @Allowed({CHANNEL, SUPERVISOR})
    ResponseEntity<String> cancel(
            @PathVariable UUID id,
            @RequestBody CancelRequest request,
            IfMatch seen,
            Caller caller,
            IdempotencyKey key) {
        var reason = Given.text("/reason", request.reason(), LONGEST_REASON);
        return commands.edit(id, seen, caller, key, act -> desk.cancel(act, reason));
    }

    @PostMapping("/{id}/accept")
    @Allowed({AGENT, ESCALATION})
    ResponseEntity<String> accept(
            @PathVariable UUID id, IfMatch seen, Caller caller, IdempotencyKey key) {
        return commands.edit(id, seen, caller, key, act -> desk.accept(act));
    }

    @PostMapping("/{id}/wait")
    @Allowed({AGENT, ESCALATION, SUPERVISOR})
    ResponseEntity<String> await(
            @PathVariable UUID id,
            @RequestBody WaitRequest request,
            IfMatch seen,
            Caller caller,
            IdempotencyKey key) {
        var reason = Given.required("/reason", request.reason());
        var act = commands.edit(id, seen, caller);
        var promiseId = request.promiseId();
        var until = request.until();
        if (reason != WaitingReason.CARRIER) {
            refuse("/search", request.search());
        }
        if (reason != WaitingReason.AGREED) {
            refuse("/promiseId", promiseId);
            refuse("/until", until);
            refuse("/what", request.what());
            return Boolean.TRUE.equals(request.search())
                    ? commands.once(key, () -> desk.awaitSearch(act))
                    : commands.once(key, () -> desk.await(act, reason));
        }
        if (promiseId != null) {
            refuse("/until", until);
            refuse("/what", request.what());
            return commands.once(key, () -> promises.await(act, promiseId));
        }
        var dueAt = Given.required("/until", until);
        var pledge = new Pledge(what(request.what()), dueAt, null, false, "/until");
        return commands.once(key, () -> promises.await(act, pledge));
    }

    private static void refuse(String pointer, @Nullable Object given) {
        if (given != null) {
            throw Problem.of(422, "out-of-place", pointer.substring(1)).at(pointer);
        }
    }

    @PostMapping("/{id}/promises")
    @Allowed({AGENT, ESCALATION, SUPERVISOR})
    ResponseEntity<String> promise(
            @PathVariable UUID id,
            @RequestBody PromiseRequest request,
            IfMatch seen,
            Caller caller,
            IdempotencyKey key) {
        var dueAt = Given.required("/dueAt", request.dueAt());
        var customerAsked = Boolean.TRUE.equals(request.customerAsked());
        var owner =
                request.owner() == null
                        ? null
                        : Given.text("/owner", request.owner(), LONGEST_ACCOUNT);
        var pledge =
                new Pledge(
                        what(request.what()),
                        dueAt,
                        request.channel(),
                        customerAsked,
                        "/dueAt",
                        owner);
        return commands.edit(id, seen, caller, key, act -> promises.promise(act, pledge));
    }

    @PostMapping("/{id}/promises/{promiseId}/keep")
    @Allowed({AGENT, ESCALATION, SUPERVISOR})
    ResponseEntity<String> keep(
            @PathVariable UUID id,
            @PathVariable UUID promiseId,
            @RequestBody(required = false) @Nullable Resolution request,
            IfMatch seen,
            Caller caller,
            IdempotencyKey key) {
        var resolution = request == null ? Resolution.inWords(null) : request;
        if (resolution.result() != null) {
            Given.text("/result", resolution.result());
        }
        Given.statements("/statements", resolution.statements());
        return commands.edit(
                id, seen, caller, key, act -> promises.keep(act, promiseId, resolution));
    }

    @PostMapping("/{id}/promises/{promiseId}/withdraw")
    @Allowed({AGENT, ESCALATION, SUPERVISOR})
    ResponseEntity<String> withdraw(
            @PathVariable UUID id,
            @PathVariable UUID promiseId,
            @RequestBody WithdrawRequest request,
            IfMatch seen,
            Caller caller,
            IdempotencyKey key) {
        var reason = Given.text("/reason", request.reason());
        return commands.edit(
                id, seen, caller, key, act -> promises.withdraw(act, promiseId, reason));
    }

    @PostMapping("/{id}/resume")
    @Allowed({AGENT, ESCALATION, SUPERVISOR})
    ResponseEntity<String> resume(
            @PathVariable UUID id, IfMatch seen, Caller caller, IdempotencyKey key) {
        return commands.edit(id, seen, caller, key, act -> desk.resume(act));
    }

    @PostMapping("/{id}/resolve")
    @Allowed({AGENT, ESCALATION, SUPERVISOR})
    ResponseEntity<String> resolve(
            @PathVariable UUID id,
            @RequestBody Resolution request,
            IfMatch seen,
            Caller caller,
            IdempotencyKey key) {
        Given.text("/result", request.result());
        Given.statements("/statements", request.statements());
        return commands.edit(id, seen, caller, key, act -> desk.resolve(act, request));
    }

    @PostMapping("/{id}/confirm")
    @Allowed({CHANNEL, SUPERVISOR})
    ResponseEntity<String> confirm(@PathVariable UUID id, Caller caller, IdempotencyKey key) {
        return commands.once(key, () -> desk.confirm(commands.addition(id, caller)));
    }

    @PostMapping("/{id}/close")
    @Allowed(SUPERVISOR)
    ResponseEntity<String> close(
            @PathVariable UUID id,
            @RequestBody CloseRequest request,
            IfMatch seen,
            Caller caller,
            IdempotencyKey key) {
        var reason = Given.required("/reason", request.reason());
        var statements = Given.statements("/statements", request.statements());
        return commands.edit(id, seen, caller, key, act -> desk.close(act, reason, statements));
    }

    @PostMapping("/{id}/merge")
    @Allowed({AGENT, ESCALATION, SUPERVISOR})
    ResponseEntity<String> merge(
            @PathVariable UUID id,
            @RequestBody MergeRequest request,
            IfMatch seen,
            Caller caller,
            IdempotencyKey key) {
        var into = Given.required("/into", request.into());
        var reason = Given.text("/reason", request.reason());
        return commands.edit(id, seen, caller, key, act -> merges.merge(act, into, reason));
    }

    @PostMapping("/{id}/merge/undo")
    @Allowed({AGENT, ESCALATION, SUPERVISOR})
    ResponseEntity<String> undoMerge(
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable UndoMergeRequest request,
            IfMatch seen,
            Caller caller,
            IdempotencyKey key) {
        var given = request == null ? null : request.reason();
        var reason = given == null ? null : Given.text("/reason", given);
        return commands.edit(id, seen, caller, key, act -> merges.undo(act, reason));
    }

    private static String what(@Nullable String given) {
        return Given.text("/what", given, LONGEST_PROMISE);
    }
}
