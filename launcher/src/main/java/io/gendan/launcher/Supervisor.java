package io.gendan.launcher;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * Keeps all parts of one system running, in the process that calls {@link #run}. Parts stop in the
 * opposite of the order in which the lineup names them; those of one group stop together.
 */
final class Supervisor {

    static final String NAME = "supervisor";

    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Home home;
    private final List<List<PartKeeper>> groups;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    Supervisor(Home home, List<List<Part>> groups, Progress progress) {
        this.home = home;
        this.groups =
                groups.stream()
                        .map(group -> group.stream().map(part -> keeper(part, progress)).toList())
                        .toList();
    }

    private PartKeeper keeper(Part part, Progress progress) {
        return new PartKeeper(part, home, progress, this::isHealthy);
    }

    private boolean isHealthy(String name) {
        return keepers().stream()
                .filter(keeper -> keeper.part().name().equals(name))
                .allMatch(PartKeeper::isHealthy);
    }

    private List<PartKeeper> keepers() {
        return groups.stream().flatMap(List::stream).toList();
    }

    /**
     * Runs everything until {@link #close}, which may come from another thread.
     *
     * @throws CannotGoOn when another supervisor works on the same data
     */
    void run() throws IOException, InterruptedException {
        try (var channel =
                        FileChannel.open(
                                home.run().resolve("lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            if (lock == null) {
                throw new CannotGoOn("Gendan is already up in " + home.data());
            }
            var own = new PidFile(home.pid(NAME));
            own.write(ProcessHandle.current());
            try {
                watch();
            } finally {
                stopAll();
                own.delete();
            }
        } finally {
            closed.countDown();
        }
    }

    private void watch() throws IOException, InterruptedException {
        for (var keeper : keepers()) {
            Thread.ofPlatform().name(keeper.part().name()).daemon().start(keeper::keep);
        }
        while (!closing.await(LOOK.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)) {
            for (var keeper : keepers()) {
                keeper.want(!Files.exists(home.stopped(keeper.part().name())));
            }
        }
    }

    private void stopAll() throws InterruptedException {
        for (var group : groups.reversed()) {
            try (var together = Executors.newVirtualThreadPerTaskExecutor()) {
                var stops =
                        group.stream()
                                .map(
                                        keeper ->
                                                together.submit(
                                                        () -> {
                                                            keeper.close();
                                                            return keeper;
                                                        }))
                                .toList();
                for (var stop : stops) {
                    try {
                        stop.get();
                    } catch (ExecutionException trouble) {
                        log.error("A part could not be stopped cleanly", trouble.getCause());
                    }
                }
            }
        }
    }

    /** Stops everything and returns when it is gone. */
    void close() throws InterruptedException {
        closing.countDown();
        closed.await();
    }
}
