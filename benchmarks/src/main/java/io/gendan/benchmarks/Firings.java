package io.gendan.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One run: with a million clocks open, how late those are that run out steadily, through a kill of
 * the service, alone and with a second instance beside it; and how fast a herd is raised that runs
 * out at once, beside plain SQL.
 */
final class Firings {

    private static final String FIRST = "escalation";
    private static final String SECOND = "escalation-2";
    private static final List<String> OTHERS = List.of("gateway", "ticket", "routing", "voc");

    private static final int OPEN_TICKETS = 333_334;
    private static final int PER_SECOND = 200;
    private static final int TO_WARM_UP = 6_000;
    private static final int HERD = 100_000;

    private final RunningGendan gendan;
    private final Duration time;

    private Firings(RunningGendan gendan, Duration time) {
        this.gendan = gendan;
        this.time = time;
    }

    /** Takes the seconds before and after the kill, the number of clients, and the port offset. */
    public static void main(String[] arguments) throws Exception {
        var time = Duration.ofSeconds(Long.parseLong(arguments[0]));
        say("%d processors", Runtime.getRuntime().availableProcessors());
        var gendan =
                RunningGendan.up(
                        Path.of("..").toRealPath(),
                        Integer.parseInt(arguments[2]),
                        "--instances",
                        FIRST + "=2");
        try {
            new Firings(gendan, time).run();
        } finally {
            gendan.down();
        }
    }

    private void run() throws Exception {
        for (var service : OTHERS) {
            gendan.stop(service);
        }
        gendan.stop(SECOND);
        try (var clocks = new DueClocks(gendan)) {
            clocks.open(
                    "open", OPEN_TICKETS, clocks.now().plus(Duration.ofHours(10)), Duration.ZERO);
            say("%,d clocks are open", clocks.countOpen());
            spread(clocks, "warm-up", TO_WARM_UP);
            steadily(clocks, "alone");
            var herd = herd(clocks);
            gendan.start(SECOND);
            spread(clocks, "second", TO_WARM_UP);
            steadily(clocks, "one of two");
            gendan.stop(SECOND);
            gendan.stop(FIRST);
            var plain = plain(clocks);
            say("Ratio of the herd to plain SQL: %.2f", herd / plain);
        }
    }

    private void steadily(DueClocks clocks, String name) throws Exception {
        var part = (int) (PER_SECOND * time.toSeconds());
        spread(clocks, name, 2 * part, part);
        var raised = clocks.raised(name);
        var pause = longestPause(raised);
        say(
                "%d a second, %s: killed after %d s, the longest pause in raising was %.1f s",
                PER_SECOND, name, time.toSeconds(), seconds(pause.from(), pause.until()));
        print("all", raised);
        print("due in it", raised.stream().filter(pause::contains).toList());
        print("the others", raised.stream().filter(one -> !pause.contains(one)).toList());
    }

    private record Pause(Instant from, Instant until) {

        boolean contains(DueClocks.Raised one) {
            return one.dueAt().isAfter(from) && one.dueAt().isBefore(until);
        }
    }

    private static Pause longestPause(List<DueClocks.Raised> raised) {
        var times = raised.stream().map(DueClocks.Raised::at).sorted().toList();
        return IntStream.range(1, times.size())
                .mapToObj(i -> new Pause(times.get(i - 1), times.get(i)))
                .max(Comparator.comparing(pause -> Duration.between(pause.from(), pause.until())))
                .orElseThrow();
    }

    private double herd(DueClocks clocks) throws Exception {
        gendan.awaitIdle();
        var before = gendan.processorTime();
        var due = clocks.now().plusSeconds(45);
        clocks.open("herd", HERD, due, Duration.ofSeconds(1).dividedBy(HERD));
        clocks.awaitRaised("herd", HERD);
        var raised = clocks.raised("herd");
        var spent = gendan.processorTime().since(before);
        var last = raised.stream().map(DueClocks.Raised::at).max(Instant::compareTo).orElseThrow();
        var rate = HERD / seconds(due, last);
        say("Herd of %,d due within a second: %,.0f/s", HERD, rate);
        print("herd", raised);
        say("  CPU-ms a clock, with making them: %s", perOne(spent));
        return rate;
    }

    private double plain(DueClocks clocks) throws SQLException {
        clocks.open("plain", HERD, clocks.now(), Duration.ZERO);
        var begin = System.nanoTime();
        var raised = clocks.raisePlainly(HERD);
        var rate = raised / ((System.nanoTime() - begin) / 1e9);
        say("Plain SQL, the same rows: %,.0f/s of %,d", rate, raised);
        return rate;
    }

    private void spread(DueClocks clocks, String name, int count) throws Exception {
        spread(clocks, name, count, count + 1);
    }

    /** Lets so many run out at the steady rate, and kills the service when it was so many. */
    private void spread(DueClocks clocks, String name, int count, int killAt) throws Exception {
        var first = clocks.now().plusSeconds(15);
        clocks.open(name, count, first, Duration.ofSeconds(1).dividedBy(PER_SECOND));
        if (killAt < count) {
            var at = first.plus(Duration.ofSeconds(1).multipliedBy(killAt).dividedBy(PER_SECOND));
            Thread.sleep(Duration.between(clocks.now(), at));
            gendan.kill(FIRST);
        }
        clocks.awaitRaised(name, count);
    }

    private static void print(String name, List<DueClocks.Raised> raised) {
        var late =
                new Figures(
                        0,
                        raised.stream()
                                .mapToDouble(one -> seconds(one.dueAt(), one.at()) * 1000)
                                .toArray());
        var tickets = raised.stream().map(DueClocks.Raised::ticket).distinct().count();
        say(
                "  %-15s due → raised p50 %,.0f ms, p99 %,.0f ms, max %,.0f ms; raised %,d, tickets"
                        + " %,d, earliest %,.1f ms",
                name,
                late.percentile(50),
                late.percentile(99),
                late.percentile(100),
                late.count(),
                tickets,
                late.percentile(0));
    }

    private static String perOne(ProcessorTime.Reading spent) {
        return spent.seconds().entrySet().stream()
                .filter(part -> part.getValue() > 0.05)
                .map(part -> "%s %.2f".formatted(part.getKey(), part.getValue() * 1000 / HERD))
                .reduce((one, other) -> one + ", " + other)
                .orElse("none");
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    private static void say(String what, Object... arguments) {
        System.out.printf(
                "[load %4.1f] %s%n",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                what.formatted(arguments));
    }
}
