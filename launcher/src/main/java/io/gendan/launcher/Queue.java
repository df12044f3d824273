package io.gendan.launcher;

import io.gendan.events.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;

/**
 * Takes work of a higher tier, as an escalation team's own program would: invitations come by a
 * share group, for each the head of the line is claimed through the API, and only then it is
 * acknowledged. Acknowledging claims nothing, as what nobody claims is told of again; an invitation
 * that cannot be answered now is released for the next who asks. Each is acknowledged before the
 * next is answered, so that a program that is killed has at most one of them answered again.
 */
final class Queue implements Command {

    static final String USAGE = "tier-N [--as ACCOUNT] [--most N] [--idle SECONDS]";

    private static final int NOBODY_WAITS = 204;

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public int run(Home home, List<String> arguments) throws IOException, InterruptedException {
        var tier = tier(arguments);
        var options = new Options(arguments.subList(1, arguments.size()), USAGE);
        var account = options.text("--as", "escalation-%d-1".formatted(tier));
        var most = options.number("--most", Integer.MAX_VALUE);
        var idle = Duration.ofSeconds(options.number("--idle", 10));
        var addresses = Addresses.of(home);
        var group = "escalation-team-tier-" + tier;
        var brokers = addresses.brokers();
        beginAtTheOldest(brokers, group);
        try (var gateway = GatewayClient.as(account, addresses, PATIENCE);
                var invitations =
                        new KafkaShareConsumer<String, byte[]>(settings(brokers, group))) {
            invitations.subscribe(List.of(Topics.escalated(tier)));
            var claimed = take(tier, gateway, invitations, most, idle);
            System.out.printf("claimed    %d as %s%n", claimed, account);
            return 0;
        }
    }

    private static int tier(List<String> arguments) {
        var text = arguments.isEmpty() ? "" : arguments.getFirst();
        if (!text.matches("tier-[%d-%d]".formatted(Topics.FIRST_QUEUED_TIER, Topics.LAST_TIER))) {
            throw new CannotGoOn("queue wants " + USAGE);
        }
        return Integer.parseInt(text.substring("tier-".length()));
    }

    static int take(
            int tier,
            GatewayClient gateway,
            ShareConsumer<String, byte[]> invitations,
            int most,
            Duration idle)
            throws InterruptedException {
        var claimed = 0;
        var quietSince = System.nanoTime();
        while (claimed < most && System.nanoTime() - quietSince < idle.toNanos()) {
            for (var invitation : invitations.poll(POLL)) {
                quietSince = System.nanoTime();
                if (claimed >= most) {
                    invitations.acknowledge(invitation, AcknowledgeType.RELEASE);
                } else if (claim(tier, gateway, invitations, invitation)) {
                    claimed++;
                }
                invitations.commitSync();
            }
        }
        return claimed;
    }

    private static boolean claim(
            int tier,
            GatewayClient gateway,
            ShareConsumer<String, byte[]> invitations,
            ConsumerRecord<String, byte[]> invitation)
            throws InterruptedException {
        try {
            var reply = gateway.post("/api/queues/" + tier + "/claim", keyOf(invitation), "");
            if (reply.isForNow()) {
                invitations.acknowledge(invitation, AcknowledgeType.RELEASE);
                return false;
            }
            if (!reply.isGood()) {
                invitations.acknowledge(invitation, AcknowledgeType.RELEASE);
                throw new CannotGoOn("an invitation was not taken: " + reply.problem());
            }
            invitations.acknowledge(invitation, AcknowledgeType.ACCEPT);
            if (reply.status() == NOBODY_WAITS) {
                System.out.println("nobody waits any more");
                return false;
            }
            System.out.printf(
                    "claimed   ticket %s  %s%n",
                    reply.json().path("number").asString(""),
                    reply.json().path("ticketId").asString(""));
            return true;
        } catch (IOException away) {
            System.err.println("released: " + away);
            invitations.acknowledge(invitation, AcknowledgeType.RELEASE);
            return false;
        }
    }

    /**
     * Whoever comes again with an invitation takes nothing twice by it, also when the broker was
     * told of it twice; where it stands says nothing, as a new broker counts from the start.
     */
    private static String keyOf(ConsumerRecord<String, byte[]> invitation) {
        var told = JsonMapper.shared().readTree(invitation.value());
        return "%s-%s-%s"
                .formatted(
                        invitation.topic(),
                        told.required("escalationId").asString(),
                        told.required("at").asString());
    }

    private static Properties settings(String brokers, String group) {
        var settings = new Properties();
        settings.putAll(
                Map.of(
                        "bootstrap.servers",
                        brokers,
                        "group.id",
                        group,
                        "key.deserializer",
                        StringDeserializer.class.getName(),
                        "value.deserializer",
                        ByteArrayDeserializer.class.getName(),
                        "share.acknowledgement.mode",
                        "explicit",
                        "share.acquire.mode",
                        "record_limit",
                        "max.poll.records",
                        "10"));
        return settings;
    }

    /** A share group begins at the newest record unless it is told otherwise. */
    private static void beginAtTheOldest(String brokers, String group) throws InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.incrementalAlterConfigs(
                            Map.of(
                                    new ConfigResource(ConfigResource.Type.GROUP, group),
                                    List.of(
                                            new AlterConfigOp(
                                                    new ConfigEntry(
                                                            "share.auto.offset.reset", "earliest"),
                                                    OpType.SET))))
                    .all()
                    .get();
        } catch (ExecutionException failed) {
            throw new CannotGoOn("Kafka does not answer: " + failed.getCause());
        }
    }
}
