package io.gendan.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One run: created → assigned at a steady rate, then intake beside raw PostgreSQL. */
final class Benchmarks {

    private static final List<String> BEHIND_KAFKA = List.of("routing", "escalation", "voc");

    private final RunningGendan gendan;
    private final Duration time;
    private final int clients;

    private record Phase(Figures figures, ProcessorTime.Reading spent) {}

    private Benchmarks(RunningGendan gendan, Duration time, int clients) {
        this.gendan = gendan;
        this.time = time;
        this.clients = clients;
    }

    /** Takes the seconds of each phase, the number of clients, and the port offset. */
    public static void main(String[] arguments) throws Exception {
        var time = Duration.ofSeconds(Long.parseLong(arguments[0]));
        var clients = Integer.parseInt(arguments[1]);
        System.out.printf(
                "%d processors, load average %.1f before%n",
                Runtime.getRuntime().availableProcessors(), loadAverage());
        var gendan = RunningGendan.up(Path.of("..").toRealPath(), port(arguments));
        try {
            new Benchmarks(gendan, time, clients).run();
        } finally {
            gendan.down();
        }
    }

    private static int port(String[] arguments) {
        return Integer.parseInt(arguments[2]);
    }

    private static double loadAverage() {
        return java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                .getSystemLoadAverage();
    }

    private void run() throws Exception {
        assignments();
        RawIntake.prepare(gendan);
        for (var service : BEHIND_KAFKA) {
            gendan.stop(service);
        }
        var token = gendan.token("app");
        new WarmUp(gendan, 2, 4)
                .run(step -> Load.closed(clients, step, _ -> new GatewayIntake(gendan, token)));
        intake("Intake, those behind Kafka stopped", 2);
        for (var service : BEHIND_KAFKA) {
            gendan.start(service);
        }
        System.out.printf("%nStarted again, and caught up %s%n", gendan.awaitIdle());
        intake("Intake, all services running", 1);
    }

    private void assignments() throws Exception {
        var result = new Assignments(gendan, new WarmUp(gendan, 12, 16)).run(time);
        System.out.printf(
                "%nCreated → assigned at %.0f tickets/s (%d wanted): p50 %.0f ms, p99 %.0f ms, of"
                        + " %d; unassigned %d%n",
                result.requests().perSecond(),
                Assignments.PER_SECOND,
                result.toAgent().percentile(50),
                result.toAgent().percentile(99),
                result.toAgent().count(),
                result.unassigned());
        System.out.printf(
                "  POST answered p50 %.0f ms, p99 %.0f ms; CPU-ms a ticket: %s%n",
                result.requests().percentile(50),
                result.requests().percentile(99),
                perRequest(new Phase(result.requests(), result.spent())));
    }

    private void intake(String title, int rounds) throws Exception {
        var token = gendan.token("app");
        var sample = RawIntake.Sample.from(gendan);
        gendan.awaitIdle();
        System.out.printf("%n%s, %d clients, %d s each%n", title, clients, time.toSeconds());
        var raw = new ArrayList<Phase>();
        var gateway = new ArrayList<Phase>();
        for (var round = 0; round < rounds; round++) {
            raw.add(print("raw    ", measure(time, _ -> new RawIntake(gendan, sample))));
            gateway.add(print("gateway", measure(time, _ -> new GatewayIntake(gendan, token))));
            System.out.printf("           caught up %s%n", gendan.awaitIdle());
        }
        System.out.printf("  ratio of medians: %.2f%n", median(gateway) / median(raw));
    }

    private Phase measure(Duration time, Client.Opener opener) throws Exception {
        var before = gendan.processorTime();
        var figures = Load.closed(clients, time, opener);
        return new Phase(figures, gendan.processorTime().since(before));
    }

    private static double median(List<Phase> phases) {
        return Figures.median(
                phases.stream().mapToDouble(phase -> phase.figures().perSecond()).toArray());
    }

    private static Phase print(String name, Phase phase) {
        System.out.printf(
                "  %s  %5.0f/s  p50 %4.0f ms  p99 %4.0f ms  CPU-ms a ticket: %s%n",
                name,
                phase.figures().perSecond(),
                phase.figures().percentile(50),
                phase.figures().percentile(99),
                perRequest(phase));
        return phase;
    }

    private static String perRequest(Phase phase) {
        return phase.spent().seconds().entrySet().stream()
                .filter(part -> part.getValue() > 0.05)
                .map(
                        part ->
                                "%s %.2f"
                                        .formatted(
                                                part.getKey(),
                                                part.getValue() * 1000 / phase.figures().count()))
                .collect(Collectors.joining(", "));
    }
}
