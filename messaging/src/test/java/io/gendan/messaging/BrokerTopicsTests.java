package io.gendan.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.messaging.testing.RealBroker;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.support.GenericApplicationContext;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

class BrokerTopicsTests {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final GenericApplicationContext context = new GenericApplicationContext();
    private final List<Object> states = new ArrayList<>();
    private final String service = "topics" + System.nanoTime();

    @BeforeEach
    void listen() {
        context.addApplicationListener(
                event -> {
                    if (event instanceof AvailabilityChangeEvent<?> change) {
                        states.add(change.getState());
                    }
                });
        context.refresh();
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void makesWhatIsMissingAsConfigured() throws Exception {
        var topics = topics(service + "-said", 5);
        topics.hears(service + "-heard", true);

        await().atMost(SOON).until(topics::areReady);

        assertThat(partitions(service + "-said")).isEqualTo(5);
        assertThat(partitions(service + "-heard")).isEqualTo(12);
        assertThat(partitions("dead." + service)).isEqualTo(1);
        assertThat(partitions("redrive." + service)).isEqualTo(1);
        assertThat(config(service + "-said", TopicConfig.RETENTION_MS_CONFIG))
                .isEqualTo(Long.toString(Duration.ofDays(7).toMillis()));
        assertThat(config(service + "-said", TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG))
                .isEqualTo("LogAppendTime");
        assertThat(config(service + "-said", TopicConfig.CLEANUP_POLICY_CONFIG))
                .isEqualTo("delete");
        assertThat(config(service + "-heard", TopicConfig.CLEANUP_POLICY_CONFIG))
                .isEqualTo("compact");
        assertThat(states).isEmpty();
    }

    @Test
    void acceptsWhatAnotherServiceMade() throws Exception {
        make(service + "-said", 5);

        await().atMost(SOON).until(topics(service + "-said", 5)::areReady);
    }

    @Test
    void refusesAnotherNumberOfPartitions() throws Exception {
        make(service + "-said", 3);

        var topics = topics(service + "-said", 5);
        await().atMost(SOON)
                .until(
                        () -> {
                            assertThat(topics.areReady()).isFalse();
                            return states.contains(ReadinessState.REFUSING_TRAFFIC);
                        });
    }

    @Test
    void isReadyAgainWhenSomebodyHasSettledIt() throws Exception {
        make(service + "-said", 3);
        var topics = topics(service + "-said", 5);
        await().atMost(SOON)
                .until(
                        () -> {
                            assertThat(topics.areReady()).isFalse();
                            return states.contains(ReadinessState.REFUSING_TRAFFIC);
                        });

        try (var admin = admin()) {
            admin.deleteTopics(List.of(service + "-said")).all().get();
        }

        await().atMost(SOON).until(topics::areReady);
        assertThat(states).last().isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
    }

    @Test
    void refusesTopicsWithFewerReplicasThanConfigured() throws Exception {
        for (var topic : List.of(service + "-said", "dead." + service, "redrive." + service)) {
            make(topic, 1);
        }

        var topics =
                new BrokerTopics(
                        BrokerTopicsTests::admin,
                        settings(service + "-said", 1, (short) 3),
                        context);
        await().atMost(SOON)
                .until(
                        () -> {
                            assertThat(topics.areReady()).isFalse();
                            return states.contains(ReadinessState.REFUSING_TRAFFIC);
                        });
    }

    @Test
    void waitsForABrokerThatIsAway() {
        var topics =
                new BrokerTopics(
                        () ->
                                Admin.create(
                                        Map.of(
                                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                                "localhost:1",
                                                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                                200,
                                                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                                200)),
                        settings(service + "-said", 5),
                        context);

        assertThat(topics.areReady()).isFalse();

        assertThat(states).isEmpty();
    }

    private BrokerTopics topics(String said, int partitions) {
        return new BrokerTopics(BrokerTopicsTests::admin, settings(said, partitions), context);
    }

    private MessagingSettings settings(String said, int partitions) {
        return settings(said, partitions, (short) 1);
    }

    private MessagingSettings settings(String said, int partitions, short replication) {
        return new MessagingSettings(
                service,
                null,
                List.of(said),
                Map.of(said, new MessagingSettings.Topic(partitions, Duration.ofDays(7), false)),
                replication,
                (short) 1,
                new MessagingSettings.Relay(Duration.ofMillis(100), Duration.ZERO, 100),
                new MessagingSettings.Receiving(1, Duration.ZERO, 100, Duration.ofSeconds(10)));
    }

    private static Admin admin() {
        return Admin.create(
                Map.<String, Object>of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, RealBroker.bootstrapServers()));
    }

    private static void make(String topic, int partitions)
            throws ExecutionException, InterruptedException {
        try (var admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
        }
    }

    private static int partitions(String topic) throws ExecutionException, InterruptedException {
        try (var admin = admin()) {
            TopicDescription found =
                    admin.describeTopics(List.of(topic)).topicNameValues().get(topic).get();
            return found.partitions().size();
        }
    }

    private static String config(String topic, String name)
            throws ExecutionException, InterruptedException {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (var admin = admin()) {
            return admin.describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .get(name)
                    .value();
        }
    }
}
