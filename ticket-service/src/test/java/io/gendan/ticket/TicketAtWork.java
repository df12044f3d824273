package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Role;
import io.gendan.events.AgentEvent.AgentChanged;
import io.gendan.events.Level;
import io.gendan.events.Territory;
import io.gendan.ticket.Api.Reply;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** A ticket of a client of its own and an agent of its own, whom nobody else's tests disturb. */
final class TicketAtWork {

    private static final String OPENING =
            """
            {"kind":"COMPLAINT","channel":"%s",
             "customer":{"phone":"%s","name":"小林"},
             "province":"广东","category":"LISTING.MISMATCH","subject":"纸尿裤包装与页面不符"}
            """;

    /** All that a resolution of it says. */
    static final String SOLVED =
            """
            {"result":"已换货","proof":"REMEDIED","responsibleSide":"PLATFORM",
             "rootCause":"PAGE_CONTENT"}
            """;

    static final String INVALID =
            """
            {"reason":"INVALID","statements":{"WHY":"误拨"}}
            """;

    final String agentId = "agent-" + UUID.randomUUID();
    final String clientId = "client-" + UUID.randomUUID();
    final Api client;
    final Api agent;
    final Api leader;
    final String id;
    private final Proposals proposals;

    private TicketAtWork(int port, Agents agents, Proposals proposals) {
        this.proposals = proposals;
        client = Api.as(port, clientId, Role.CHANNEL);
        agent = Api.as(port, agentId, Role.AGENT);
        leader = Api.as(port, "leader-of-" + agentId, Role.SUPERVISOR);
        know(agents, agentId);
        id = opened(client);
    }

    /** Whom nobody asked anything yet. */
    static String someone() {
        return "+86137%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
    }

    static TicketAtWork opened(int port, Agents agents, Proposals proposals) {
        return new TicketAtWork(port, agents, proposals);
    }

    static TicketAtWork accepted(int port, Agents agents, Proposals proposals) {
        var work = new TicketAtWork(port, agents, proposals);
        work.assignTo(work.agentId, 1);
        assertThat(work.edit(work.agent, "accept", "").status()).isEqualTo(200);
        return work;
    }

    /** Opens one that no lot draws for a review, nor to be asked about again. */
    static String opened(Api opener) {
        return opened(opener, "APP");
    }

    static String opened(Api opener, String channel) {
        return opened(opener, channel, someone());
    }

    static String openedFor(String phone, Api opener) {
        return opened(opener, "APP", phone);
    }

    private static String opened(Api opener, String channel, String phone) {
        while (true) {
            var created = opener.post("/api/tickets", OPENING.formatted(channel, phone));
            assertThat(created.status()).as(created.response().body()).isEqualTo(201);
            if (!created.json().at("/procedure/missing").toString().contains("REVIEW")
                    && !TicketFixtures.isDrawnForARevisit(created.text("id"))) {
                return created.text("id");
            }
        }
    }

    static void know(Agents agents, String agent) {
        know(agents, agent, true);
    }

    static void know(Agents agents, String agent, boolean onDuty) {
        agents.save(
                new AgentChanged(
                        agent,
                        Instant.EPOCH,
                        agent,
                        "south-1",
                        Territory.SOUTH,
                        1,
                        Level.SENIOR,
                        List.of(),
                        onDuty));
    }

    void assignTo(String agent, int round) {
        proposals.assign(TicketFixtures.choice(UUID.fromString(id), round, agent));
    }

    Reply post(Api who, String command, String body) {
        return who.post("/api/tickets/" + id + "/" + command, body);
    }

    Reply edit(Api who, String command, String body) {
        return who.post("/api/tickets/" + id + "/" + command, body, "If-Match", "*");
    }

    Reply says(Api who, String text) {
        return post(who, "messages", "{\"text\":\"%s\"}".formatted(text));
    }

    Reply shown() {
        return client.get("/api/tickets/" + id);
    }

    List<String> timeline() {
        return leader.get("/api/tickets/" + id + "/timeline?limit=200")
                .json()
                .path("items")
                .valueStream()
                .map(entry -> entry.path("type").asString())
                .toList();
    }
}
