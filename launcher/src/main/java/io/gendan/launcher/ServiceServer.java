package io.gendan.launcher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One instance of one of our services, run from its extracted jar. */
final class ServiceServer implements Part {

    private static final List<String> JAVA_OPTIONS =
            List.of(
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:+UseCompactObjectHeaders",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--sun-misc-unsafe-memory-access=allow",
                    "--enable-native-access=ALL-UNNAMED");

    private final Home home;
    private final Service service;
    private final int instance;
    private final RunOptions options;
    private final Ports ports;
    private final Secrets secrets;
    private final ExtractedJar jar;

    /** The instance counts from 1. */
    ServiceServer(Home home, Service service, int instance, RunOptions options, Secrets secrets) {
        this.home = home;
        this.service = service;
        this.instance = instance;
        this.options = options;
        this.ports = new Ports(options.portOffset());
        this.secrets = secrets;
        this.jar = new ExtractedJar(service.jar(home), home.data().resolve("apps"));
    }

    @Override
    public String name() {
        return service.part(instance);
    }

    @Override
    public List<Integer> ports() {
        return List.of(ports.of(service, instance));
    }

    /** Only the database: what needs Kafka waits for it inside of the service. */
    @Override
    public Set<String> needs() {
        return service.ownsDatabase() ? Set.of(PostgresServer.NAME) : Set.of();
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        jar.extract();
    }

    @Override
    public ProcessBuilder process() throws IOException {
        var builder =
                new ProcessBuilder(ChildProcess.jar(javaOptions(), jar.application(), List.of()));
        settings(builder.environment());
        return builder;
    }

    /**
     * The optimizing compiler costs half of the processor time of a start: 11.6 s with, 5.8
     * without. Where crowds are answered it pays; to let it begin later there saved two seconds of
     * a start, and doubled what a ticket cost for minutes.
     */
    private List<String> javaOptions() {
        if (service.answersCrowds()) {
            return JAVA_OPTIONS;
        }
        var options = new ArrayList<>(JAVA_OPTIONS);
        options.add("-XX:TieredStopAtLevel=1");
        return options;
    }

    private void settings(Map<String, String> settings) throws IOException {
        settings.put("SERVER_PORT", String.valueOf(ports.of(service, instance)));
        settings.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + ports.kafka());
        settings.put("SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUER_URI", ports.issuerUri());
        if (service.keepsTime()) {
            // It may have been changed since this system came up
            var now = RunOptions.load(home).orElse(options);
            settings.put("GENDAN_HURRY", String.valueOf(now.hurry()));
        }
        if (service.ownsDatabase()) {
            settings.put("SERVER_ADDRESS", "127.0.0.1");
            database(settings);
        }
        switch (service) {
            case TICKET -> settings.put("GENDAN_TICKET_VAULT_KEY", secrets.vaultKey());
            case GATEWAY -> Service.withDatabase().forEach(behind -> instances(settings, behind));
            case ROUTING, ESCALATION, VOC -> {}
        }
    }

    private void database(Map<String, String> settings) throws IOException {
        var owner = Databases.owner(service);
        var app = Databases.app(service);
        settings.put("SPRING_DATASOURCE_URL", PostgresServer.url(ports.postgres(), service.id()));
        settings.put("SPRING_DATASOURCE_USERNAME", app);
        settings.put("SPRING_DATASOURCE_PASSWORD", secrets.password(app));
        settings.put("SPRING_FLYWAY_USER", owner);
        settings.put("SPRING_FLYWAY_PASSWORD", secrets.password(owner));
    }

    private void instances(Map<String, String> settings, Service behind) {
        for (var n = 1; n <= options.instancesOf(behind); n++) {
            settings.put(
                    "SPRING_CLOUD_DISCOVERY_CLIENT_SIMPLE_INSTANCES_%s_%d_URI"
                            .formatted(behind.name(), n - 1),
                    "http://127.0.0.1:" + ports.of(behind, n));
        }
    }

    @Override
    public boolean isReady() throws InterruptedException {
        return HttpLook.answers(
                "http://127.0.0.1:%d/actuator/health/readiness"
                        .formatted(ports.of(service, instance)));
    }
}
