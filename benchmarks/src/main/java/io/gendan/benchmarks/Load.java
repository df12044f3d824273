package io.gendan.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Drives clients, each on a thread of its own. The first failure ends the run. */
final class Load {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private Load() {}

    /** Each client goes on as soon as it is answered. */
    static Figures closed(int clients, Duration time, Client.Opener opener) throws Exception {
        return run(
                clients,
                opener,
                begin -> {
                    var end = begin + time.toNanos();
                    return () -> System.nanoTime() < end ? 0 : -1;
                });
    }

    /** So many a second, whether earlier ones are answered or not, as far as clients are free. */
    static Figures open(int clients, int perSecond, Duration time, Client.Opener opener)
            throws Exception {
        var slots = perSecond * time.toSeconds();
        var next = new AtomicInteger();
        return run(
                clients,
                opener,
                begin ->
                        () -> {
                            var slot = next.getAndIncrement();
                            return slot < slots
                                    ? begin + (long) (slot * NANOS_PER_SECOND / perSecond)
                                    : -1;
                        });
    }

    /** When the next one is to go: a time that is over means now, a negative one never. */
    @FunctionalInterface
    private interface Pace {
        LongSupplier from(long begin);
    }

    private static Figures run(int clients, Client.Opener opener, Pace pace) throws Exception {
        var opened = new CountDownLatch(clients);
        var go = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(clients)) {
            var pending = new ArrayList<Future<List<Double>>>();
            var slots = new LongSupplier[1];
            for (var number = 0; number < clients; number++) {
                var own = number;
                Callable<List<Double>> work =
                        () -> {
                            try (var client = opener.open(own)) {
                                opened.countDown();
                                go.await();
                                return work(client, slots[0]);
                            } finally {
                                opened.countDown();
                            }
                        };
                pending.add(threads.submit(work));
            }
            opened.await();
            var begin = System.nanoTime();
            slots[0] = pace.from(begin);
            go.countDown();
            var millis = new ArrayList<Double>();
            for (var one : pending) {
                millis.addAll(one.get());
            }
            var seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
            return new Figures(
                    millis.size() / seconds,
                    millis.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }

    private static List<Double> work(Client client, LongSupplier slots) throws Exception {
        var millis = new ArrayList<Double>();
        for (var slot = slots.getAsLong(); slot >= 0; slot = slots.getAsLong()) {
            for (var early = slot - System.nanoTime(); slot > 0 && early > 0; ) {
                LockSupport.parkNanos(early);
                early = slot - System.nanoTime();
            }
            var start = System.nanoTime();
            client.once();
            millis.add((System.nanoTime() - start) / NANOS_PER_MILLI);
        }
        return millis;
    }
}
