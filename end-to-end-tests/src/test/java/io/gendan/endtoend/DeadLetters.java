package io.gendan.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

/** As an operator sees and settles them, by {@code ./gendan dead}. */
final class DeadLetters {

    private final ApplicationUnderTest application;

    DeadLetters(ApplicationUnderTest application) {
        this.application = application;
    }

    /** One line of the list. */
    record Listed(String id, String service, String topic, String key, String line) {

        static Listed of(String line) {
            var words = line.strip().split(" +");
            return new Listed(words[0], words[1], words[2], words[3], line);
        }
    }

    List<Listed> about(String topic, String key) {
        return application
                .command("dead", "list")
                .orFail()
                .text()
                .lines()
                .filter(line -> line.contains(" #"))
                .map(Listed::of)
                .filter(letter -> letter.topic().equals(topic) && letter.key().equals(key))
                .toList();
    }

    void release(List<Listed> letters) {
        var words = Stream.concat(Stream.of("dead", "release"), letters.stream().map(Listed::id));
        var said = application.command(words.toArray(String[]::new)).orFail().text();
        assertThat(said.lines().filter(line -> line.contains("left out")))
                .as(said)
                .hasSameSizeAs(letters);
    }
}
