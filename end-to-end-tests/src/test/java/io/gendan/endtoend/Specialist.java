package io.gendan.endtoend;

import io.gendan.endtoend.Gateway.Reply;

import tools.jackson.databind.JsonNode;

import java.util.Optional;

/** Takes work from the queue of a higher tier. */
final class Specialist {

    private final Gateway gateway;
    private final int tier;

    Specialist(ApplicationUnderTest application, String account, int tier) {
        this.gateway = Gateway.as(application, account);
        this.tier = tier;
    }

    Optional<JsonNode> finds(FollowedTicket ticket) {
        return gateway.get("/api/queues/" + tier + "?limit=200")
                .orFail()
                .json()
                .path("items")
                .valueStream()
                .filter(entry -> entry.path("ticketId").asString().equals(ticket.id()))
                .findFirst();
    }

    Reply claims(String escalation) {
        return gateway.post("/api/escalations/" + escalation + "/claim", "");
    }
}
