package io.gendan.messaging.testing;

import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startable;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The same parts from images; nobody else looks at Testcontainers, which may not be there. */
final class Containers {

    private Containers() {}

    /**
     * @return host and port
     */
    static String broker(String image, Map<String, String> settings) {
        var broker = new KafkaContainer(DockerImageName.parse(image));
        settings.forEach((name, value) -> broker.withEnv(variable(name), value));
        start(broker);
        return broker.getBootstrapServers();
    }

    private static String variable(String setting) {
        return "KAFKA_" + setting.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /**
     * @return host and port
     */
    static String postgres(String image, String password, Map<String, String> settings) {
        var postgres =
                new PostgreSQLContainer(DockerImageName.parse(image))
                        .withUsername("postgres")
                        .withPassword(password)
                        .withCommand(command(settings));
        start(postgres);
        return postgres.getHost() + ":" + postgres.getMappedPort(5432);
    }

    private static String[] command(Map<String, String> settings) {
        var set =
                settings.entrySet().stream()
                        .flatMap(one -> Stream.of("-c", one.getKey() + "=" + one.getValue()));
        return Stream.concat(Stream.of("postgres"), set).toArray(String[]::new);
    }

    /** Also ended here, since the container that would clean up can be switched off. */
    private static void start(Startable container) {
        container.start();
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
    }
}
