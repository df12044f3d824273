package io.gendan.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class RunOptionsTests {

    @Test
    void runsOneOfEachAtTheUsualPortsWhenNothingIsSaid() {
        assertThat(RunOptions.parse(List.of())).isEqualTo(new RunOptions(false, 1, 0, Map.of()));
    }

    @Test
    void readsWhatWasAskedFor() {
        var options =
                RunOptions.parse(
                        List.of(
                                "--foreground",
                                "--hurry",
                                "600",
                                "--port-offset",
                                "1000",
                                "--instances",
                                "ticket=2",
                                "--instances",
                                "voc=3"));

        assertThat(options)
                .isEqualTo(new RunOptions(true, 600, 1000, Map.of("ticket", 2, "voc", 3)));
        assertThat(RunOptions.parse(options.arguments())).isEqualTo(options);
    }

    @ParameterizedTest
    @CsvSource({
        "--hurry x, wants a number",
        "--hurry 0, from 1",
        "--hurry, wants a number",
        "--port-offset 99999, to 50000",
        "--instances ticket, wants SERVICE=N",
        "--instances gateway=2, wants SERVICE=N",
        "--instances ticket=0, from 1",
        "--fast, does not know",
    })
    void refusesWhatItCannotDo(String arguments, String reason) {
        assertThatExceptionOfType(CannotGoOn.class)
                .isThrownBy(() -> RunOptions.parse(List.of(arguments.split(" "))))
                .withMessageContaining(reason);
    }

    @Test
    void changeThePaceAndNothingElse() {
        var options = new RunOptions(false, 1, 20, Map.of("routing", 2));

        assertThat(options.withHurry("600"))
                .isEqualTo(new RunOptions(false, 600, 20, Map.of("routing", 2)));
        assertThatExceptionOfType(CannotGoOn.class).isThrownBy(() -> options.withHurry("fast"));
    }

    @Test
    void areRememberedForLaterCommands(@TempDir Path directory) throws IOException {
        var home = new Home(directory, directory, "./gendan");
        var options = new RunOptions(false, 600, 20, Map.of("routing", 2));

        assertThat(RunOptions.load(home)).isEmpty();
        options.save(home);
        assertThat(RunOptions.load(home)).contains(options);
    }
}
