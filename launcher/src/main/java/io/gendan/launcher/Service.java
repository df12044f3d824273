package io.gendan.launcher;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A service of ours: its module, its port, whether it has a database. */
enum Service {
    TICKET("ticket-service", 8081, true, true),
    ROUTING("routing-service", 8082, true, false),
    ESCALATION("escalation-service", 8083, true, false),
    VOC("voc-service", 8084, true, false),
    GATEWAY("gateway", 8080, false, true);

    private final String module;
    private final int port;
    private final boolean ownsDatabase;
    private final boolean answersCrowds;

    Service(String module, int port, boolean ownsDatabase, boolean answersCrowds) {
        this.module = module;
        this.port = port;
        this.ownsDatabase = ownsDatabase;
        this.answersCrowds = answersCrowds;
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

    /** Whether its speed under load is worth a slower start. */
    boolean answersCrowds() {
        return answersCrowds;
    }

    /** Whether targets run out in it, so that it has to be told how long they are. */
    boolean keepsTime() {
        return this == ESCALATION || this == TICKET;
    }

    /** The instance counts from 1. */
    String part(int instance) {
        return instance == 1 ? id() : id() + "-" + instance;
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
