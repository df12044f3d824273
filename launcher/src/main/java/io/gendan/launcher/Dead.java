package io.gendan.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Dead letters: events that a service could not apply and whose ticket waits. Lists them, shows
 * one, and releases some: sent again, they are applied, and then those that waited behind them.
 */
final class Dead implements Command {

    static final String USAGE = "list | show LETTER | release LETTER... [--skip]";

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration TO_BE_SETTLED = Duration.ofSeconds(15);
    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public int run(Home home, List<String> arguments)
            throws InterruptedException, java.io.IOException {
        var brokers = Addresses.of(home).brokers();
        if (arguments.equals(List.of("list"))) {
            return list(brokers);
        }
        if (arguments.size() < 2) {
            throw new CannotGoOn("dead wants " + USAGE);
        }
        return switch (arguments.getFirst()) {
            case "show" -> show(brokers, arguments.get(1));
            case "release" -> releaseAll(brokers, arguments.subList(1, arguments.size()));
            default -> throw new CannotGoOn("dead wants " + USAGE);
        };
    }

    private static int releaseAll(String brokers, List<String> arguments)
            throws InterruptedException {
        var letters = arguments.stream().takeWhile(word -> !word.startsWith("--")).toList();
        var options = new Options(arguments.subList(letters.size(), arguments.size()), USAGE);
        var failed = 0;
        for (var letter : letters) {
            failed += release(brokers, letter, options.has("--skip"));
        }
        return failed == 0 ? 0 : 1;
    }

    private static int list(String brokers) throws InterruptedException {
        var open = open(brokers);
        for (var letter : open.values()) {
            System.out.printf(
                    "%s  %-10s %-12s %-36s #%-4s %-18s %s%n",
                    letter.path("letterId").asString(),
                    letter.path("service").asString(),
                    letter.path("topic").asString(),
                    letter.path("key").asString("-"),
                    letter.path("sequence").asString("-"),
                    letter.path("type").asString("-"),
                    letter.path("reason").asString());
        }
        System.out.printf("%d dead letters%n", open.size());
        return 0;
    }

    private static int show(String brokers, String id) throws InterruptedException {
        System.out.println(
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(require(brokers, id)));
        return 0;
    }

    private static int release(String brokers, String id, boolean skip)
            throws InterruptedException {
        var letter = require(brokers, id);
        var told = history(brokers, id).size();
        var topic = "redrive." + letter.path("service").asString();
        var order = JSON.createObjectNode().put("letterId", id).put("skip", skip);
        try (var producer =
                new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", brokers, "acks", "all"),
                        new StringSerializer(),
                        new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, id, order.toString())).get();
        } catch (ExecutionException failed) {
            throw new CannotGoOn("cannot write to %s: %s".formatted(topic, failed.getCause()));
        }
        var until = System.nanoTime() + TO_BE_SETTLED.toNanos();
        while (System.nanoTime() < until) {
            var since = history(brokers, id);
            if (since.size() > told) {
                var last = since.getLast();
                if (last.has("outcome")) {
                    System.out.println(
                            last.path("outcome").asString().equals("APPLIED")
                                    ? "applied, with those that waited behind it"
                                    : "left out; those that waited behind it are applied");
                    return 0;
                }
                System.out.println("still fails: " + last.path("reason").asString());
                return 1;
            }
        }
        throw new CannotGoOn("sent again, but nothing was heard of it; is the service up?");
    }

    private static JsonNode require(String brokers, String id) throws InterruptedException {
        var letter = open(brokers).get(id);
        if (letter == null) {
            throw new CannotGoOn("there is no open letter " + id);
        }
        return letter;
    }

    private static List<JsonNode> history(String brokers, String id) throws InterruptedException {
        return read(brokers).stream()
                .filter(said -> said.path("letterId").asString("").equals(id))
                .toList();
    }

    /** Those not settled yet, as last told, oldest first. */
    private static Map<String, JsonNode> open(String brokers) throws InterruptedException {
        var open = new LinkedHashMap<String, JsonNode>();
        for (var said : read(brokers)) {
            var id = said.path("letterId").asString("");
            if (said.has("outcome")) {
                open.remove(id);
            } else {
                open.put(id, said);
            }
        }
        return open;
    }

    private static List<JsonNode> read(String brokers) throws InterruptedException {
        var settings = Map.<String, Object>of("bootstrap.servers", brokers);
        try (var admin = Admin.create(settings);
                var consumer =
                        new KafkaConsumer<>(
                                settings, new StringDeserializer(), new StringDeserializer())) {
            var partitions =
                    admin.listTopics().names().get().stream()
                            .filter(topic -> topic.startsWith("dead."))
                            .flatMap(topic -> consumer.partitionsFor(topic).stream())
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            var ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var said = new ArrayList<JsonNode>();
            while (partitions.stream()
                    .anyMatch(
                            partition ->
                                    consumer.position(partition)
                                            < ends.getOrDefault(partition, 0L))) {
                consumer.poll(POLL)
                        .forEach(one -> said.add(JSON.readTree(one.value().getBytes(UTF_8))));
            }
            return said;
        } catch (ExecutionException failed) {
            throw new CannotGoOn("Kafka does not answer: " + failed.getCause());
        }
    }
}
