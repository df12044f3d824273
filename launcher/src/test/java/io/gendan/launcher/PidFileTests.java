package io.gendan.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class PidFileTests {

    @TempDir Path directory;

    @Test
    void findsTheProcessAgain() throws IOException {
        var file = new PidFile(directory.resolve("pid"));
        assertThat(file.process()).isEmpty();

        file.write(ProcessHandle.current());

        assertThat(file.process()).contains(ProcessHandle.current());
    }

    @Test
    void doesNotTakeAnotherProcessWithTheSameNumberForOurs() throws IOException {
        var file = new PidFile(directory.resolve("pid"));
        Files.writeString(file.path(), ProcessHandle.current().pid() + " 12345");

        assertThat(file.process()).isEmpty();
    }
}
