package io.gendan.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The processor time of the parts of a system, from Linux's {@code /proc}. */
final class ProcessorTime {

    /** Of {@code /proc/PID/stat}, behind the name: utime, stime, and both of ended children. */
    private static final int FIRST_FIELD = 11;

    private static final int FIELDS = 4;
    private static final String PARENT_OF_ALL = "supervisor";
    private static final double TICKS_PER_SECOND = 100;

    private ProcessorTime() {}

    /** Seconds by part. */
    record Reading(Map<String, Double> seconds) {

        Reading since(Reading before) {
            var spent = new TreeMap<String, Double>();
            seconds.forEach(
                    (part, now) -> spent.put(part, now - before.seconds.getOrDefault(part, 0.0)));
            return new Reading(spent);
        }

        double total() {
            return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    static Reading read(Path pidFiles) throws IOException {
        var seconds = new TreeMap<String, Double>();
        try (var files = Files.newDirectoryStream(pidFiles, "*.pid")) {
            for (var file : files) {
                var part = file.getFileName().toString().replace(".pid", "");
                var pid = Files.readString(file).strip().split(" ")[0];
                if (!pid.isEmpty() && !part.equals(PARENT_OF_ALL)) {
                    seconds.put(part, family(Long.parseLong(pid)));
                }
            }
        }
        return new Reading(seconds);
    }

    private static double family(long pid) {
        return Stream.concat(
                        Stream.of(pid),
                        ProcessHandle.of(pid).stream()
                                .flatMap(ProcessHandle::descendants)
                                .map(ProcessHandle::pid))
                .mapToDouble(ProcessorTime::one)
                .sum();
    }

    private static double one(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return LongStream.range(FIRST_FIELD, FIRST_FIELD + FIELDS)
                            .map(field -> Long.parseLong(fields[(int) field]))
                            .sum()
                    / TICKS_PER_SECOND;
        } catch (NoSuchFileException ended) {
            return 0;
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
