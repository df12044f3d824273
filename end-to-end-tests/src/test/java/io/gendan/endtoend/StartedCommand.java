package io.gendan.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gendan.endtoend.ApplicationUnderTest.Output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** One of the commands that people have, at work. Closing ends it, whatever it is doing. */
final class StartedCommand implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Process process;
    private final Path output;

    private StartedCommand(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** What it says goes to a file, since what it starts may outlive it and would hold a pipe. */
    static StartedCommand of(ProcessBuilder builder, Path directory) {
        try {
            Files.createDirectories(directory);
            var output = Files.createTempFile(directory, "command-", ".txt");
            builder.redirectErrorStream(true).redirectOutput(output.toFile());
            return new StartedCommand(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line more on what it reads. */
    void tell(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It is told nothing more, and has come to its end when this returns. */
    Output end() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LONGEST)) {
                throw new AssertionError(
                        process.info() + " does not end: " + Files.readString(output));
            }
            return new Output(process.exitValue(), Files.readString(output, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Files.delete(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
