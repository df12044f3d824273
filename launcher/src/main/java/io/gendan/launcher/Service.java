package io.gendan.launcher;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A service of ours: its module, its port, whether it has a database. */
enum Service {
    TICKET("ticket-service", 8081, true),
    ROUTING("routing-service", 8082, true),
    ESCALATION("escalation-service", 8083, true),
    VOC("voc-service", 8084, true),
    GATEWAY("gateway", 8080, false);

    private final String module;
    private final int port;
    private final boolean ownsDatabase;

    Service(String module, int port, boolean ownsDatabase) {
        this.module = module;
        this.port = port;
        this.ownsDatabase = ownsDatabase;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    int port() {
        return port;
    }

    boolean ownsDatabase() {
        return ownsDatabase;
    }

    Path jar(Home home) {
        return home.repository().resolve(module).resolve("target").resolve(module + ".jar");
    }

    /** The gateway is the one door; what stands behind it can be several. */
    static boolean canHaveInstances(String id) {
        return withDatabase().anyMatch(service -> service.id().equals(id));
    }

    static String namesWithInstances() {
        return withDatabase().map(Service::id).collect(Collectors.joining(", "));
    }

    static Stream<Service> withDatabase() {
        return Arrays.stream(values()).filter(Service::ownsDatabase);
    }
}
