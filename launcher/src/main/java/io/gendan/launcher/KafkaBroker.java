package io.gendan.launcher;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * Entry of the broker's process: one node that is broker and controller. Takes the directory of its
 * data, its port and the controller's port; stops cleanly on SIGTERM.
 */
final class KafkaBroker {

    private static final int NODE = 1;

    private KafkaBroker() {}

    public static void main(String[] arguments) throws Exception {
        var directory = Path.of(arguments[0]);
        Files.createDirectories(directory);
        new Formatter()
                .setNodeId(NODE)
                .setClusterId(clusterId(directory))
                .setDirectories(List.of(logs(directory)))
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(logs(directory))
                .setIgnoreFormatted(true)
                .setPrintStream(System.err)
                .run();
        var server =
                new KafkaRaftServer(
                        new KafkaConfig(settings(directory, arguments[1], arguments[2])),
                        Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        server.startup();
        server.awaitShutdown();
    }

    private static String clusterId(Path directory) throws Exception {
        var file = directory.resolve("cluster-id");
        if (!Files.exists(file)) {
            WholeFile.write(file, Uuid.randomUuid().toString());
        }
        return Files.readString(file);
    }

    private static String logs(Path directory) {
        return directory.resolve("logs").toString();
    }

    private static Properties settings(Path directory, String port, String controllerPort) {
        var settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", String.valueOf(NODE));
        settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:%s,CONTROLLER://127.0.0.1:%s"
                        .formatted(port, controllerPort));
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.put("log.dirs", logs(directory));
        settings.put("auto.create.topics.enable", "false");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // What a killed service heard is heard by another after a session, 45 s by default
        settings.put("group.consumer.min.session.timeout.ms", "6000");
        settings.put("group.consumer.session.timeout.ms", "6000");
        settings.put("group.consumer.min.heartbeat.interval.ms", "1000");
        settings.put("group.consumer.heartbeat.interval.ms", "1000");
        settings.put("group.share.min.session.timeout.ms", "6000");
        settings.put("group.share.session.timeout.ms", "6000");
        settings.put("group.share.min.heartbeat.interval.ms", "1000");
        settings.put("group.share.heartbeat.interval.ms", "1000");
        // A killed broker may register again only when the session of its former life has ended
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        onOneNode(settings);
        bounded(settings);
        return settings;
    }

    private static void onOneNode(Properties settings) {
        for (var topic :
                List.of(
                        "offsets.topic",
                        "transaction.state.log",
                        "share.coordinator.state.topic")) {
            settings.put(topic + ".replication.factor", "1");
        }
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("min.insync.replicas", "1");
        // The default of 50 partitions is for a cluster and makes the first start slow
        settings.put("offsets.topic.num.partitions", "8");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.num.partitions", "4");
    }

    /** A machine that runs this for weeks keeps a week of what the topics do not decide. */
    private static void bounded(Properties settings) {
        settings.put("log.retention.hours", "168");
        settings.put("log.segment.bytes", String.valueOf(64 << 20));
        settings.put("log.cleaner.dedupe.buffer.size", String.valueOf(8 << 20));
        settings.put("metadata.log.max.record.bytes.between.snapshots", String.valueOf(10 << 20));
    }
}
