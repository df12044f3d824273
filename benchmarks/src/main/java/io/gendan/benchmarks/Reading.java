package io.gendan.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One run: what it takes to open, read, list and count tickets through the gateway when there are
 * ten thousand and when there are a million.
 */
final class Reading {

    private static final List<String> BEHIND_KAFKA = List.of("routing", "escalation", "voc");
    private static final int FEW = 10_000;
    private static final int MANY = 1_000_000;
    private static final int CLIENTS = 2;
    private static final int PLACES = 1_000;

    private static final List<String> FILTERS =
            List.of(
                    "",
                    "status=NEW",
                    "status=CLOSED",
                    "kind=SUGGESTION",
                    "channel=WEB",
                    "channel=EMAIL",
                    "category=SAFETY.FOOD",
                    "priority=URGENT",
                    "territory=NORTHWEST",
                    "tier=3",
                    "assignee=agent-south-7",
                    "responsible=agent-south-7",
                    "number=B0000000007");

    private final RunningGendan gendan;
    private final Duration time;

    private Reading(RunningGendan gendan, Duration time) {
        this.gendan = gendan;
        this.time = time;
    }

    /** Takes the seconds for each figure, the number of clients, and the port offset. */
    public static void main(String[] arguments) throws Exception {
        say("%d processors", Runtime.getRuntime().availableProcessors());
        var gendan = RunningGendan.up(Path.of("..").toRealPath(), Integer.parseInt(arguments[2]));
        try {
            var time = Duration.ofSeconds(Long.parseLong(arguments[0]));
            new Reading(gendan, time).run();
        } finally {
            gendan.down();
        }
    }

    private void run() throws Exception {
        gendan.awaitIdle();
        for (var service : BEHIND_KAFKA) {
            gendan.stop(service);
        }
        var app = gendan.token("app");
        new WarmUp(gendan, 2, 6)
                .run(step -> Load.closed(CLIENTS, step, _ -> new GatewayIntake(gendan, app)));
        try (var tickets = new ManyTickets(gendan)) {
            tickets.fillUpTo(FEW);
            measure(tickets, Duration.ofSeconds(1));
            var few = measure(tickets, time);
            var begin = System.nanoTime();
            tickets.fillUpTo(MANY);
            say("Filled in %d s", Duration.ofNanos(System.nanoTime() - begin).toSeconds());
            measure(tickets, Duration.ofSeconds(1));
            var many = measure(tickets, time);
            say(
                    "%-38s %22s  %22s  %s",
                    "p50 / p99 ms, tickets shown", "10 k", "1 M", "ratio of p50 / p99");
            few.forEach(
                    (name, figures) ->
                            print(name, figures, Objects.requireNonNull(many.get(name))));
        }
    }

    private Map<String, Measured> measure(ManyTickets tickets, Duration time) throws Exception {
        var app = gendan.token("app");
        var supervisor = gendan.token("supervisor-1");
        var agent = gendan.token("agent-south-1");
        var places = tickets.some(PLACES);
        var figures = new LinkedHashMap<String, Measured>();
        figures.put(
                "create",
                new Measured(Load.closed(CLIENTS, time, _ -> new GatewayIntake(gendan, app)), 1));
        figures.put("read one", get(supervisor, time, () -> "/" + any(places).id()));
        for (var filter : FILTERS) {
            figures.put("list " + filter, get(supervisor, time, () -> "?" + filter));
        }
        figures.put(
                "list dueBefore=now", get(supervisor, time, () -> "?dueBefore=" + Instant.now()));
        figures.put("list, deep", get(supervisor, time, () -> "?cursor=" + cursor(any(places))));
        figures.put(
                "list status=CLOSED, deep",
                get(supervisor, time, () -> "?status=CLOSED&cursor=" + cursor(any(places))));
        figures.put("agent's list", get(agent, time, () -> ""));
        for (var filter :
                List.of("status=NEW", "status=CLOSED", "kind=SUGGESTION", "priority=URGENT")) {
            figures.put("agent's list " + filter, get(agent, time, () -> "?" + filter));
        }
        figures.put(
                "agent's list dueBefore=now",
                get(agent, time, () -> "?dueBefore=" + Instant.now()));
        figures.put("counts", get(supervisor, time, () -> "/counts"));
        figures.put("agent's counts", get(agent, time, () -> "/counts"));
        return figures;
    }

    private Measured get(String token, Duration time, Asked asked) throws Exception {
        var figures = Load.closed(CLIENTS, time, _ -> new Reader(gendan, token, asked));
        try (var reader = new Reader(gendan, token, asked)) {
            reader.once();
            return new Measured(figures, reader.shown());
        }
    }

    private static ManyTickets.Place any(List<ManyTickets.Place> places) {
        return places.get(ThreadLocalRandom.current().nextInt(places.size()));
    }

    private static String cursor(ManyTickets.Place place) {
        var position = "/api/tickets\nnewest\n" + place.createdAt() + "\n" + place.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(UTF_8));
    }

    /** How long it took to show so many tickets. */
    private record Measured(Figures figures, int shown) {}

    /** What comes after {@code /api/tickets}. */
    private interface Asked {
        String next();
    }

    private static final class Reader implements Client {

        private final Wire wire;
        private final Asked asked;
        private String last = "";

        Reader(RunningGendan gendan, String token, Asked asked) throws IOException {
            wire = new Wire(gendan.gatewayPort(), token);
            this.asked = asked;
        }

        @Override
        public void once() throws IOException {
            var path = "/api/tickets" + asked.next();
            var reply = wire.send("GET", path, "none", "");
            if (reply.status() != 200) {
                throw new IllegalStateException(path + ": " + reply);
            }
            last = reply.body();
        }

        int shown() {
            return last.split("\"trackingUrl\"", -1).length - 1;
        }

        @Override
        public void close() throws IOException {
            wire.close();
        }
    }

    private static void print(String name, Measured fewer, Measured more) {
        var few = fewer.figures();
        var many = more.figures();
        say(
                "%-38s %7.1f / %7.1f %4d  %7.1f / %7.1f %4d  %.2f / %.2f",
                name,
                few.percentile(50),
                few.percentile(99),
                fewer.shown(),
                many.percentile(50),
                many.percentile(99),
                more.shown(),
                many.percentile(50) / few.percentile(50),
                many.percentile(99) / few.percentile(99));
    }

    private static void say(String what, Object... arguments) {
        System.out.printf(
                "[load %4.1f] %s%n",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                what.formatted(arguments));
    }
}
