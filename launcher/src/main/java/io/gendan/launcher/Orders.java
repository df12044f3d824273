package io.gendan.launcher;

import io.gendan.events.Topics;
import io.gendan.launcher.OrderFile.Order;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Tells of the orders of a file, as the shop would, or which key the shop seals buyers under. */
final class Orders implements Command {

    static final String USAGE = "FILE | --key";

    @Override
    public int run(Home home, List<String> arguments) throws IOException, InterruptedException {
        if (arguments.size() != 1) {
            throw new CannotGoOn("orders wants " + USAGE);
        }
        var brokers = Addresses.of(home).brokers();
        var seal = new BuyerSeal(vaultKey(home));
        if (arguments.equals(List.of("--key"))) {
            System.out.println(seal.key());
            return 0;
        }
        try (var rows = TicketFile.read(Path.of(arguments.getFirst()));
                var producer =
                        new KafkaProducer<>(
                                Map.<String, Object>of(
                                        "bootstrap.servers",
                                        brokers,
                                        "acks",
                                        "all",
                                        "enable.idempotence",
                                        true),
                                new StringSerializer(),
                                new ByteArraySerializer())) {
            var sent = new ArrayList<Future<RecordMetadata>>();
            rows.map(row -> OrderFile.read(row, seal, Instant.now()))
                    .forEach(order -> sent.add(producer.send(told(order))));
            for (var one : sent) {
                one.get();
            }
            System.out.printf("told       %d orders%n", sent.size());
            return 0;
        } catch (ExecutionException failed) {
            throw new CannotGoOn(
                    "cannot write to %s: %s".formatted(Topics.ORDERS, failed.getCause()));
        }
    }

    /** The service's own setting first: in containers it is in no file of ours. */
    private static String vaultKey(Home home) throws IOException {
        var given = System.getenv("GENDAN_TICKET_VAULT_KEY");
        return given == null ? Secrets.open(home).vaultKey() : given;
    }

    private static ProducerRecord<String, byte[]> told(Order order) {
        var event = order.event();
        var told =
                new ProducerRecord<>(
                        Topics.ORDERS,
                        event.orderId(),
                        JsonMapper.shared().writeValueAsBytes(event));
        var headers =
                Map.of(
                        "ce_id", UUID.randomUUID().toString(),
                        "ce_type", event.getClass().getSimpleName(),
                        "ce_source", "urn:gendan:shop",
                        "ce_time", event.at().toString(),
                        "ce_subject", event.orderId(),
                        "ce_sequence", Long.toString(order.version()));
        headers.forEach(
                (name, text) -> told.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return told;
    }
}
