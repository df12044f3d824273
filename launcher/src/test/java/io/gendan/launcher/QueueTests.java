package io.gendan.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.gendan.events.Topics;

import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the program does with invitations, and in which order. */
class QueueTests {

    private static final String TOPIC = Topics.escalated(2);
    private static final String ONE = "0192f000-0000-7000-8000-000000000003";
    private static final String OTHER = "0192f000-0000-7000-8000-000000000004";
    private static final String AT = "2026-11-22T04:00:00.123456Z";
    private static final String LATER = "2026-11-22T04:00:30.123456Z";

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final Invitations invitations = new Invitations();

    private HttpServer system;
    private GatewayClient gateway;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        system = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var address = "http://localhost:" + system.getAddress().getPort();
        system.createContext(
                "/.well-known/openid-configuration",
                asked -> answer(asked, "{\"token_endpoint\":\"%s/token\"}".formatted(address)));
        system.createContext("/token", asked -> answer(asked, "{\"access_token\":\"any\"}"));
        system.createContext("/api/queues/2/claim", this::claim);
        system.start();
        gateway =
                GatewayClient.as(
                        "escalation-2-1",
                        new Addresses(address, "none", address),
                        Duration.ofSeconds(5));
        invitations.subscribe(List.of(TOPIC));
    }

    @AfterEach
    void stop() {
        gateway.close();
        system.stop(0);
    }

    @Test
    void commitsWhatItClaimedBeforeItClaimsMore() throws InterruptedException {
        invitations.add(0, ONE, AT);
        invitations.add(1, OTHER, AT);

        assertThat(take(2)).isEqualTo(2);

        assertThat(done)
                .containsExactly(
                        "claim " + key(ONE, AT),
                        "ACCEPT 0",
                        "commit",
                        "claim " + key(OTHER, AT),
                        "ACCEPT 1",
                        "commit");
    }

    @Test
    void releasesWhatItWantsNoMore() throws InterruptedException {
        invitations.add(0, ONE, AT);
        invitations.add(1, OTHER, AT);

        assertThat(take(1)).isEqualTo(1);

        assertThat(done)
                .containsExactly(
                        "claim " + key(ONE, AT), "ACCEPT 0", "commit", "RELEASE 1", "commit");
    }

    @Test
    void knowsAnInvitationByWhatItSaysAndNotByWhereItStands() throws InterruptedException {
        invitations.add(0, ONE, AT);
        take(1);
        invitations.add(7, ONE, AT);
        take(1);
        invitations.add(0, ONE, LATER);
        take(1);

        assertThat(done)
                .filteredOn(act -> act.startsWith("claim"))
                .containsExactly(
                        "claim " + key(ONE, AT),
                        "claim " + key(ONE, AT),
                        "claim " + key(ONE, LATER));
    }

    private int take(int most) throws InterruptedException {
        return Queue.take(2, gateway, invitations, most, Duration.ofSeconds(5));
    }

    private static String key(String escalation, String at) {
        return "%s-%s-%s".formatted(TOPIC, escalation, at);
    }

    private void claim(HttpExchange asked) throws IOException {
        done.add("claim " + asked.getRequestHeaders().getFirst("Idempotency-Key"));
        answer(asked, "{\"number\":\"1\",\"ticketId\":\"1\"}");
    }

    private static void answer(HttpExchange asked, String json) throws IOException {
        try (asked) {
            var body = json.getBytes(UTF_8);
            asked.sendResponseHeaders(200, body.length);
            asked.getResponseBody().write(body);
        }
    }

    /** Kafka's own stand-in for a share group's consumer, which tells what it is told. */
    private final class Invitations extends MockShareConsumer<String, byte[]> {

        void add(long offset, String escalation, String at) {
            var json = "{\"at\": \"%s\", \"escalationId\": \"%s\"}".formatted(at, escalation);
            addRecord(new ConsumerRecord<>(TOPIC, 0, offset, "ticket", json.getBytes(UTF_8)));
        }

        @Override
        public synchronized void acknowledge(
                ConsumerRecord<String, byte[]> invitation, AcknowledgeType type) {
            done.add(type.name() + " " + invitation.offset());
        }

        @Override
        public synchronized Map<TopicIdPartition, Optional<KafkaException>> commitSync() {
            done.add("commit");
            return Map.of();
        }
    }
}
