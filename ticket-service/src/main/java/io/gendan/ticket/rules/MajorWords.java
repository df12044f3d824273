package io.gendan.ticket.rules;

import io.gendan.events.Major;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * By which words of a customer a ticket sounds major; a person decides whether it is.
 *
 * @param judgedWithin how long they may take for that
 * @param lines of those of one kind that a text has a word of the first one counts
 * @param unless what means no such thing though it has such a word
 */
public record MajorWords(
        @NotNull Duration judgedWithin,
        @NotNull @Size(max = 20) List<@NotNull @Valid Line> lines,
        @NotNull @Size(max = 500) List<@NotBlank @Size(max = 80) String> unless) {

    /**
     * @param words zh and en, in lower case
     */
    public record Line(
            @NotNull Major major,
            @NotEmpty @Size(max = 200) List<@NotBlank @Size(max = 80) String> words) {}

    /**
     * @param word as the rules write it
     */
    public record Found(Major major, String word) {}

    /** One of each kind, in the order of the lines. */
    List<Found> find(String text) {
        var said = withoutWhatMeansNothing(Thanks.normalized(text));
        var found = new LinkedHashMap<Major, Found>();
        for (var line : lines) {
            line.words().stream()
                    .filter(word -> Thanks.has(said, Thanks.normalized(word)))
                    .findFirst()
                    .ifPresent(
                            word -> found.putIfAbsent(line.major(), new Found(line.major(), word)));
        }
        return List.copyOf(found.values());
    }

    private String withoutWhatMeansNothing(String said) {
        var left = said;
        for (var phrase : unless) {
            left = left.replace(Thanks.normalized(phrase), " ");
        }
        return left;
    }
}
