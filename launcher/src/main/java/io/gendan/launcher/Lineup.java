package io.gendan.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * All parts of one system, in groups: a later group stops before an earlier one. A service that has
 * not been built is left out.
 */
record Lineup(List<List<Part>> groups) {

    static Lineup of(Home home, RunOptions options) throws IOException {
        var ports = new Ports(options.portOffset());
        var secrets = Secrets.open(home);
        var services =
                Arrays.stream(Service.values())
                        .filter(service -> Files.exists(service.jar(home)))
                        .flatMap(
                                service ->
                                        IntStream.rangeClosed(1, options.instancesOf(service))
                                                .mapToObj(
                                                        instance ->
                                                                (Part)
                                                                        new ServiceServer(
                                                                                home, service,
                                                                                instance, options,
                                                                                secrets)))
                        .toList();
        return new Lineup(
                List.of(
                        List.of(new PostgresServer(home, ports.postgres(), secrets)),
                        List.of(new KafkaServer(home, ports.kafka(), ports.kafkaController())),
                        List.of(new IssuerServer(home, ports)),
                        services));
    }

    List<Part> parts() {
        return groups.stream().flatMap(List::stream).toList();
    }

    List<String> names() {
        return parts().stream().map(Part::name).toList();
    }

    Part require(String name) {
        return find(name)
                .orElseThrow(
                        () ->
                                new CannotGoOn(
                                        "there is no part '%s'; there are %s"
                                                .formatted(name, String.join(", ", names()))));
    }

    private Optional<Part> find(String name) {
        return parts().stream().filter(part -> part.name().equals(name)).findFirst();
    }

    /** In the order in which they are to be stopped. */
    List<Part> lastFirst() {
        var parts = new ArrayList<>(parts());
        return parts.reversed();
    }
}
