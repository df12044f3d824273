package io.gendan.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class ResetTests {

    @TempDir private Path directory;

    @Test
    void deletesWhatUpHasMade() throws Exception {
        var home = home(directory.resolve("gendan"));
        home.create();

        reset(home);
        assertThat(home.data()).doesNotExist();

        home.create();
        Secrets.open(home).superuserPassword();
        Files.createDirectories(home.data().resolve("postgres"));
        reset(home);
        assertThat(home.data()).doesNotExist();
    }

    @Test
    void deletesNothingWhereSomethingElseIs() throws IOException {
        var photos = Files.createDirectories(directory.resolve("photos"));
        var home = home(directory);
        home.create();

        assertThatThrownBy(() -> reset(home)).isInstanceOf(CannotGoOn.class);

        assertThat(photos).exists();
    }

    private void reset(Home home) throws IOException, InterruptedException {
        new Reset().run(home, List.of());
    }

    private static Home home(Path data) {
        return new Home(data, data, "./gendan");
    }
}
