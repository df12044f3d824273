package io.gendan.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/** The topics as they lie on the broker, past all of our own code. */
final class Broker {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> settings;

    Broker(ApplicationUnderTest application) {
        this.settings = Map.of("bootstrap.servers", application.brokers());
    }

    /** One record of a topic, with what its headers say. */
    record Told(String topic, String key, long sequence, String id, String type, byte[] value) {

        static Told of(ConsumerRecord<String, byte[]> consumed) {
            return new Told(
                    consumed.topic(),
                    consumed.key(),
                    Long.parseLong(header(consumed, "ce_sequence")),
                    header(consumed, "ce_id"),
                    header(consumed, "ce_type"),
                    consumed.value());
        }

        private static String header(ConsumerRecord<String, byte[]> consumed, String name) {
            var header = consumed.headers().lastHeader(name);
            if (header == null) {
                throw new AssertionError("%s lacks %s".formatted(consumed, name));
            }
            return new String(header.value(), UTF_8);
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(value);
        }
    }

    /** How far the topics were told. */
    record Moment(Map<TopicPartition, Long> ends) {}

    private static final Moment THE_BEGINNING = new Moment(Map.of());

    Moment now() {
        try (var consumer = consumer()) {
            var partitions =
                    consumer.listTopics().values().stream()
                            .flatMap(List::stream)
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            return new Moment(consumer.endOffsets(partitions));
        }
    }

    List<String> topics(String prefix) {
        try (var consumer = consumer()) {
            return consumer.listTopics().keySet().stream()
                    .filter(topic -> topic.startsWith(prefix))
                    .toList();
        }
    }

    /** Everything that is on the topic now, repeats too; in order per key. */
    List<Told> read(String topic) {
        return read(topic, THE_BEGINNING);
    }

    List<Told> read(String topic, Moment since) {
        try (var consumer = consumer()) {
            var partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            var ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            partitions.forEach(
                    partition ->
                            consumer.seek(partition, since.ends().getOrDefault(partition, 0L)));
            var told = new ArrayList<Told>();
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(POLL).forEach(record -> told.add(Told.of(record)));
            }
            return told;
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** The highest sequence of a key, 0 when there is nothing. */
    long last(String topic, String key) {
        return read(topic).stream()
                .filter(told -> key.equals(told.key()))
                .mapToLong(Told::sequence)
                .max()
                .orElse(0);
    }

    /** Writes what nobody can read, with headers like those of the next event of its key. */
    void poison(String topic, String key, String type) {
        var poison = new ProducerRecord<>(topic, key, new byte[] {'{', (byte) 0xFF, 0, 'x'});
        var headers =
                Map.of(
                        "ce_id", UUID.randomUUID().toString(),
                        "ce_type", type,
                        "ce_sequence", String.valueOf(last(topic, key) + 1));
        headers.forEach((name, value) -> poison.headers().add(name, value.getBytes(UTF_8)));
        try (var producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(poison).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
