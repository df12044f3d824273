package io.gendan.messaging.testing;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/**
 * One Kafka broker for all tests of a JVM; topics are made by the services, never by itself. It
 * runs in the JVM, or in a container where {@code gendan.kafka.image} names one.
 */
public final class RealBroker {

    private static final Map<String, String> SETTINGS =
            Map.of(
                    "auto.create.topics.enable", "false",
                    "group.initial.rebalance.delay.ms", "0",
                    "group.consumer.min.heartbeat.interval.ms", "200",
                    "group.consumer.heartbeat.interval.ms", "200",
                    "group.share.min.heartbeat.interval.ms", "200",
                    "group.share.heartbeat.interval.ms", "200",
                    "offsets.topic.num.partitions", "4",
                    "share.coordinator.state.topic.num.partitions", "4",
                    "share.coordinator.state.topic.replication.factor", "1",
                    "share.coordinator.state.topic.min.isr", "1");

    private RealBroker() {}

    private static final class Server {
        private static final String ADDRESS = start(System.getProperty("gendan.kafka.image"));
        private static final Producer<String, byte[]> PRODUCER =
                new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, ADDRESS),
                        new StringSerializer(),
                        new ByteArraySerializer());

        private static String start(@Nullable String image) {
            return image == null ? embedded() : Containers.broker(image, SETTINGS);
        }

        private static String embedded() {
            var broker = new EmbeddedKafkaKraftBroker(1, 1);
            broker.brokerProperties(SETTINGS);
            // it would put its address before the one a test chooses
            broker.brokerListProperty("gendan.real-broker");
            broker.afterPropertiesSet();
            Runtime.getRuntime().addShutdownHook(new Thread(broker::destroy));
            return broker.getBrokersAsString();
        }
    }

    public static String bootstrapServers() {
        return Server.ADDRESS;
    }

    /** Publishes a record as it is, right or wrong. */
    public static RecordMetadata publish(
            String topic,
            @Nullable String key,
            byte @Nullable [] value,
            Map<String, String> headers) {
        var published = new ProducerRecord<String, byte[]>(topic, null, key, value);
        headers.forEach(
                (name, text) ->
                        published
                                .headers()
                                .add(
                                        new RecordHeader(
                                                name, text.getBytes(StandardCharsets.UTF_8))));
        try {
            return Server.PRODUCER.send(published).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot publish to " + topic, e.getCause());
        }
    }

    /**
     * Tells an event as another service would; the same topic, key and sequence again is a repeat.
     *
     * @param event a record; its simple class name is its type
     */
    public static void tell(String topic, String key, long sequence, Object event) {
        var id = UUID.nameUUIDFromBytes((topic + key + sequence).getBytes(StandardCharsets.UTF_8));
        publish(
                topic,
                key,
                JsonMapper.shared().writeValueAsBytes(event),
                Map.of(
                        "ce_id", id.toString(),
                        "ce_type", event.getClass().getSimpleName(),
                        "ce_sequence", Long.toString(sequence)));
    }

    /** Everything that is on a topic now, in order per partition; nothing where it is not made. */
    public static List<ConsumerRecord<String, byte[]>> records(String topic) {
        return records(bootstrapServers(), topic);
    }

    public static List<ConsumerRecord<String, byte[]>> records(String brokers, String topic) {
        Map<String, Object> properties =
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        brokers,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false);
        try (var consumer =
                new KafkaConsumer<>(
                        properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            var ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var records = new ArrayList<ConsumerRecord<String, byte[]>>();
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    /** Makes a consumer group, which must have no members, read everything again. */
    public static void forgetOffsets(String group) {
        try (var admin =
                Admin.create(
                        Map.<String, Object>of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            admin.deleteConsumerGroups(List.of(group)).all().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot reset " + group, e.getCause());
        }
    }

    /** A header as text. */
    public static @Nullable String header(ConsumerRecord<?, ?> published, String name) {
        var header = published.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
