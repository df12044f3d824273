package io.gendan.ticket.web;

import io.gendan.api.Answers;
import io.gendan.api.Caller;
import io.gendan.api.Idempotency;
import io.gendan.api.IdempotencyKey;
import io.gendan.api.IfMatch;
import io.gendan.api.Unscoped;
import io.gendan.ticket.Act;
import io.gendan.ticket.Hearing.Heard;
import io.gendan.ticket.TicketSnapshot;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** How a command to a ticket is taken: once per key, by who may see it, answered by the ticket. */
@Component
class Commands {

    private final Scopes scopes;
    private final Idempotency idempotency;
    private final Answers answers;

    Commands(Scopes scopes, Idempotency idempotency, Answers answers) {
        this.scopes = scopes;
        this.idempotency = idempotency;
        this.answers = answers;
    }

    ResponseEntity<String> once(IdempotencyKey key, Supplier<TicketSnapshot> command) {
        return idempotency
                .once(
                        key,
                        () -> {
                            var ticket = command.get();
                            return answers.of(200, Map.of(HttpHeaders.ETAG, etag(ticket)), ticket);
                        })
                .toResponse();
    }

    /** What a customer says about a closed ticket is heard in another one, if need be in a new. */
    ResponseEntity<String> heard(IdempotencyKey key, UUID about, Supplier<Heard> saying) {
        return idempotency
                .once(
                        key,
                        () -> {
                            var heard = saying.get();
                            var ticket = heard.ticket();
                            var headers = new HashMap<String, String>();
                            headers.put(HttpHeaders.ETAG, etag(ticket));
                            if (!ticket.id().equals(about)) {
                                headers.put(HttpHeaders.LOCATION, "/api/tickets/" + ticket.id());
                            }
                            return answers.of(heard.opened() ? 201 : 200, headers, ticket);
                        })
                .toResponse();
    }

    /** What is decided by what somebody saw: an edit. */
    @Unscoped("makes the scope")
    ResponseEntity<String> edit(
            UUID id,
            IfMatch seen,
            Caller caller,
            IdempotencyKey key,
            Function<Act, TicketSnapshot> command) {
        var act = edit(id, seen, caller);
        return once(key, () -> command.apply(act));
    }

    /** An edit names the version it was decided by. */
    @Unscoped("makes the scope")
    Act edit(UUID id, IfMatch seen, Caller caller) {
        return new Act(id, caller, scopes.of(caller), seen.version());
    }

    /** What somebody adds does not depend on what they saw. */
    @Unscoped("makes the scope")
    Act addition(UUID id, Caller caller) {
        return new Act(id, caller, scopes.of(caller), null);
    }

    static String etag(TicketSnapshot ticket) {
        return "\"" + ticket.version() + "\"";
    }
}
