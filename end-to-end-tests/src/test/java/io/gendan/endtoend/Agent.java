package io.gendan.endtoend;

import io.gendan.endtoend.Gateway.Reply;

import java.util.List;

/** Whoever works on tickets: an agent of a territory, or a specialist of a higher tier. */
final class Agent {

    private final String account;
    private final Gateway gateway;

    private Agent(String account, ApplicationUnderTest application) {
        this.account = account;
        this.gateway = Gateway.as(application, account);
    }

    static Agent named(String account, ApplicationUnderTest application) {
        return new Agent(account, application);
    }

    /** The one that the ticket is assigned to now. */
    static Agent of(FollowedTicket ticket, ApplicationUnderTest application) {
        return new Agent(ticket.assignee(), application);
    }

    String account() {
        return account;
    }

    /** However long it takes until somebody hears it. */
    void isOnDuty(boolean onDuty) {
        gateway.putUntilAnswered(
                        "/api/agents/" + account + "/presence", "{\"onDuty\":%s}".formatted(onDuty))
                .orFail();
    }

    void accepts(FollowedTicket ticket) {
        var seen = gateway.get("/api/tickets/" + ticket.id()).orFail().json().path("version");
        does(ticket, "accept", "", "\"" + seen.asLong() + "\"");
    }

    void answers(FollowedTicket ticket) {
        gateway.post("/api/tickets/" + ticket.id() + "/messages", "{\"text\":\"您好，马上为您处理\"}")
                .orFail();
    }

    /** With all that is to be said and done, and the review if it takes one. */
    void resolves(FollowedTicket ticket) {
        for (var step : List.of("PLAN", "AGREE")) {
            if (ticket.misses(step)) {
                does(ticket, "steps", "{\"step\":\"%s\"}".formatted(step), "*");
            }
        }
        does(
                ticket,
                "resolve",
                """
                {"result":"已为您处理",%s,"responsibleSide":"PLATFORM",
                 "rootCause":"PAGE_CONTENT"}
                """
                        .formatted(NewTicket.proof(ticket.now().path("kind").asString())),
                "*");
        if (ticket.misses("REVIEW")) {
            does(ticket, "review", "{\"cause\":\"页面未更新\",\"measure\":\"上新前核对\"}", "*");
        }
    }

    void does(FollowedTicket ticket, String command, String body) {
        does(ticket, command, body, "*");
    }

    private void does(FollowedTicket ticket, String command, String body, String version) {
        tries(ticket, command, body, version).orFail();
    }

    Reply tries(FollowedTicket ticket, String command, String body) {
        return tries(ticket, command, body, "*");
    }

    private Reply tries(FollowedTicket ticket, String command, String body, String version) {
        return gateway.post(
                "/api/tickets/" + ticket.id() + "/" + command, body, "If-Match", version);
    }
}
