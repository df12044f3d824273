package io.gendan.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

class SupervisorTests {

    @TempDir Path directory;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private @Nullable Supervisor supervisor;
    private Home home = new Home(Path.of("."), Path.of("."), "./gendan");

    @BeforeEach
    void createHome() {
        home = new Home(directory, directory, "./gendan");
        home.create();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (supervisor != null) {
            supervisor.close();
        }
    }

    private void supervise(Part... parts) {
        var running =
                new Supervisor(
                        home,
                        List.of(List.of(parts)),
                        (part, phase, detail) -> told.add(part + " " + phase + " " + detail));
        supervisor = running;
        Thread.ofPlatform()
                .start(
                        () -> {
                            try {
                                running.run();
                            } catch (IOException | InterruptedException trouble) {
                                told.add("supervisor " + trouble);
                            }
                        });
    }

    private Optional<Long> process(String part) throws IOException {
        return new PidFile(home.pid(part)).process().map(ProcessHandle::pid);
    }

    private long awaitHealthy(String part) throws IOException {
        await().until(
                        () ->
                                process(part).isPresent()
                                        && Files.readString(home.phase(part))
                                                .startsWith("HEALTHY"));
        return process(part).orElseThrow();
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void startsAKilledPartAgainAndLeavesTheOthersAlone() throws IOException {
        supervise(new SleepingPart("ticket", 1), new SleepingPart("voc", 2));
        var ticket = awaitHealthy("ticket");
        var voc = awaitHealthy("voc");

        kill(ticket);

        await().untilAsserted(
                        () -> assertThat(process("ticket")).isPresent().get().isNotEqualTo(ticket));
        assertThat(process("voc")).contains(voc);
    }

    @Test
    void keepsAPartStoppedUntilItIsWantedAgain() throws IOException {
        supervise(new SleepingPart("ticket", 1));
        var first = awaitHealthy("ticket");

        Files.createFile(home.stopped("ticket"));
        await().untilAsserted(
                        () ->
                                assertThat(Files.readString(home.phase("ticket")))
                                        .startsWith("STOPPED"));
        assertThat(process("ticket")).isEmpty();
        assertThat(ProcessHandle.of(first).filter(RunningProcess::isRunning)).isEmpty();

        Files.delete(home.stopped("ticket"));
        assertThat(awaitHealthy("ticket")).isNotEqualTo(first);
    }

    @Test
    void leavesNothingRunningWhenItCloses() throws IOException, InterruptedException {
        supervise(new SleepingPart("ticket", 1), new SleepingPart("voc", 2));
        var pids = List.of(awaitHealthy("ticket"), awaitHealthy("voc"));

        supervisor().close();

        assertThat(pids)
                .noneMatch(
                        pid -> ProcessHandle.of(pid).filter(RunningProcess::isRunning).isPresent());
        assertThat(new PidFile(home.pid(Supervisor.NAME)).process()).isEmpty();
    }

    @Test
    void tellsWhyAPartCannotBeStarted() {
        supervise(new BrokenPart("ticket"));

        await().untilAsserted(() -> assertThat(told).contains("ticket FAILED ERROR out of luck"));
    }

    @Test
    void refusesToWorkBesideAnotherOnTheSameData() throws IOException {
        supervise(new SleepingPart("ticket", 1));
        awaitHealthy("ticket");

        // Within one process the lock is refused by an exception, between processes by null
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> new Supervisor(home, List.of(), (_, _, _) -> {}).run());
    }

    private Supervisor supervisor() {
        assertThat(supervisor).isNotNull();
        return supervisor;
    }
}
