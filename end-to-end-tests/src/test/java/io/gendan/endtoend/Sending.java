package io.gendan.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** {@code ./gendan send} at work, told of tickets one by one while other things happen. */
final class Sending implements AutoCloseable {

    private static final Duration PACE = Duration.ofMillis(100);

    private final Path ids;
    private final StartedCommand send;
    private final ScheduledExecutorService customers = Executors.newSingleThreadScheduledExecutor();
    private int told;

    Sending(ApplicationUnderTest application) {
        this.ids = application.workspace().resolve("sent.ids");
        this.send = application.begin("send", "-", "--ids", ids.toString());
    }

    /** Lets it happen when a third of the tickets are told; the others come meanwhile. */
    void goesOnWhile(List<NewTicket> tickets, Runnable accident) {
        var telling =
                IntStream.range(0, tickets.size())
                        .mapToObj(
                                n ->
                                        customers.schedule(
                                                () -> send.tell(tickets.get(n).json()),
                                                n * PACE.toMillis(),
                                                TimeUnit.MILLISECONDS))
                        .toList();
        await(telling.subList(0, tickets.size() / 3));
        accident.run();
        await(telling);
        told += tickets.size();
    }

    private static void await(List<? extends Future<?>> telling) {
        try {
            for (var one : telling) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * No more tickets come.
     *
     * @return the ids of those that it was told of, all of which it says were accepted
     */
    List<String> ends() {
        var said = send.end().orFail();
        assertThat(said.text()).contains("accepted   %d of %<d".formatted(told));
        try {
            var accepted = Files.readAllLines(ids);
            assertThat(accepted).hasSize(told).doesNotHaveDuplicates();
            return accepted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        customers.shutdownNow();
        send.close();
    }
}
