package io.gendan.endtoend;

/** Whoever works on tickets: an agent of a territory, or a specialist of a higher tier. */
final class Agent {

    private final Gateway gateway;

    private Agent(Gateway gateway) {
        this.gateway = gateway;
    }

    /** The one that the ticket is assigned to now. */
    static Agent of(FollowedTicket ticket, ApplicationUnderTest application) {
        return new Agent(Gateway.as(application, ticket.assignee()));
    }

    void accepts(FollowedTicket ticket) {
        var seen = gateway.get("/api/tickets/" + ticket.id()).orFail().json().path("version");
        does(ticket, "accept", "", "\"" + seen.asLong() + "\"");
    }

    void answers(FollowedTicket ticket) {
        gateway.post("/api/tickets/" + ticket.id() + "/messages", "{\"text\":\"您好，马上为您处理\"}")
                .orFail();
    }

    void resolves(FollowedTicket ticket) {
        does(ticket, "resolve", "{\"result\":\"已为您换货\"}", "*");
    }

    private void does(FollowedTicket ticket, String command, String body, String version) {
        gateway.post("/api/tickets/" + ticket.id() + "/" + command, body, "If-Match", version)
                .orFail();
    }
}
