package io.gendan.launcher;

import io.gendan.launcher.TicketFile.Row;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Posts the tickets of a file through the gateway, each as soon as it is read, and tells what
 * became of them.
 */
final class Send implements Command {

    static final String USAGE = "FILE [--as ACCOUNT] [--rate N] [--ids FILE]";

    private static final int AT_ONCE = 16;
    private static final int LOOKED_AT = 1_000;
    private static final Duration TELL_EVERY = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration TO_BE_ASSIGNED = Duration.ofSeconds(20);

    private record Sent(Row row, String id) {}

    @Override
    public int run(Home home, List<String> arguments) throws IOException, InterruptedException {
        if (arguments.isEmpty()) {
            throw new CannotGoOn("send wants " + USAGE);
        }
        var options = new Options(arguments.subList(1, arguments.size()), USAGE);
        var account = options.text("--as", "app");
        var rate = options.number("--rate", 0);
        var ids = options.text("--ids", "");
        var addresses = Addresses.of(home);
        try (var rows = TicketFile.read(Path.of(arguments.getFirst()));
                var gateway = GatewayClient.as(account, addresses, PATIENCE)) {
            var refusals = new ConcurrentSkipListMap<String, List<Integer>>();
            var sent = post(gateway, rows.iterator(), rate, refusals);
            if (!ids.isEmpty()) {
                Files.write(Path.of(ids), sent.stream().map(Sent::id).toList());
            }
            var refused = refusals.values().stream().mapToInt(List::size).sum();
            System.out.printf("accepted   %d of %d%n", sent.size(), sent.size() + refused);
            refusals.forEach(
                    (reason, lines) ->
                            System.out.printf(
                                    "refused    %d: %s (line %d%s)%n",
                                    lines.size(),
                                    reason,
                                    Collections.min(lines),
                                    lines.size() > 1 ? " and others" : ""));
            tellWhereTheyCame(gateway, sent);
            return refusals.isEmpty() ? 0 : 1;
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private static List<Sent> post(
            GatewayClient gateway,
            Iterator<Row> rows,
            int rate,
            Map<String, List<Integer>> refusals)
            throws InterruptedException {
        var sent = Collections.synchronizedList(new ArrayList<Sent>());
        var done = new AtomicInteger();
        var places = new Semaphore(AT_ONCE);
        var started = System.nanoTime();
        var told = new AtomicLong(started);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            while (rows.hasNext()) {
                var row = rows.next();
                if (rate > 0) {
                    var turn = started + (row.line() - 1) * 1_000_000_000L / rate;
                    LockSupport.parkNanos(turn - System.nanoTime());
                }
                places.acquire();
                callers.execute(
                        () -> {
                            try {
                                post(gateway, row, sent, refusals);
                            } finally {
                                places.release();
                                tell(done.incrementAndGet(), started, told);
                            }
                        });
            }
        }
        tell(done.get(), started);
        return List.copyOf(sent);
    }

    private static void post(
            GatewayClient gateway, Row row, List<Sent> sent, Map<String, List<Integer>> refusals) {
        try {
            var reply = gateway.post("/api/tickets", row.key(), row.body());
            if (reply.isGood()) {
                sent.add(new Sent(row, reply.json().required("id").asString()));
            } else {
                refuse(refusals, reply.problem(), row);
            }
        } catch (IOException away) {
            refuse(refusals, "the gateway does not answer: " + away, row);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            refuse(refusals, "interrupted", row);
        }
    }

    private static void refuse(Map<String, List<Integer>> refusals, String reason, Row row) {
        refusals.computeIfAbsent(reason, _ -> Collections.synchronizedList(new ArrayList<>()))
                .add(row.line());
    }

    /** Once in a while, whoever comes first. */
    private static void tell(int done, long started, AtomicLong told) {
        var before = told.get();
        var now = System.nanoTime();
        if (now - before > TELL_EVERY.toNanos() && told.compareAndSet(before, now)) {
            tell(done, started);
        }
    }

    private static void tell(int done, long started) {
        System.err.printf("%d sent, %.0f/s%n", done, done * 1e9 / (System.nanoTime() - started));
    }

    /** Every ticket up to a bound, evenly spread over those that were sent beyond it. */
    private static void tellWhereTheyCame(GatewayClient gateway, List<Sent> sent)
            throws IOException, InterruptedException {
        var step = Math.max(1, sent.size() / LOOKED_AT);
        var territories = new TreeMap<String, Integer>();
        var waits = new ArrayList<Long>();
        var until = System.nanoTime() + TO_BE_ASSIGNED.toNanos();
        var looked = 0;
        for (var place = 0; place < sent.size(); place += step) {
            looked++;
            var id = sent.get(place).id();
            territories.merge(territory(gateway, id, until), 1, Integer::sum);
            createdToAssigned(gateway.get("/api/tickets/" + id + "/timeline").json())
                    .ifPresent(wait -> waits.add(wait.toMillis()));
        }
        territories.forEach((name, count) -> System.out.printf("%-10s %d%n", name, count));
        Collections.sort(waits);
        if (!waits.isEmpty()) {
            System.out.printf(
                    "created -> assigned: p50 %d ms, p99 %d ms%n",
                    percentile(waits, 50), percentile(waits, 99));
        }
        System.out.printf(
                "assigned   %d, in line or elsewhere %d (of %d looked at)%n",
                waits.size(), looked - waits.size(), looked);
    }

    private static String territory(GatewayClient gateway, String id, long until)
            throws IOException, InterruptedException {
        while (true) {
            var territory = gateway.get("/api/tickets/" + id).json().path("territory");
            if (territory.isString()) {
                return territory.asString();
            }
            if (System.nanoTime() > until) {
                return "(none yet)";
            }
            Thread.sleep(Duration.ofMillis(50));
        }
    }

    private static Optional<Duration> createdToAssigned(JsonNode timeline) {
        var steps = timeline.path("items");
        if (steps.isEmpty()) {
            return Optional.empty(); // not for the eyes of whoever sent it
        }
        var created = Instant.parse(steps.path(0).path("at").asString());
        return steps.valueStream()
                .filter(step -> step.path("type").asString().equals("TicketAssigned"))
                .map(step -> Instant.parse(step.path("at").asString()))
                .findFirst()
                .map(assigned -> Duration.between(created, assigned));
    }

    private static long percentile(List<Long> sorted, int percent) {
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }
}
