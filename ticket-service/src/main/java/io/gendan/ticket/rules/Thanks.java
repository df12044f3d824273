package io.gendan.ticket.rules;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * By what a mere "thanks" is recognised, which reopens nothing.
 *
 * @param threshold which share of a message's letters phrases must cover
 * @param longest of such a message, in characters
 * @param phrases of thanks, zh and en, in lower case
 * @param unless what makes it more than thanks wherever it stands
 */
public record Thanks(
        @NotNull @DecimalMin("0") @DecimalMax("1") BigDecimal threshold,
        @Min(0) @Max(500) int longest,
        @NotNull @Size(max = 500) List<@NotBlank @Size(max = 80) String> phrases,
        @NotNull @Size(max = 500) List<@NotBlank @Size(max = 80) String> unless) {

    /**
     * Whether the text says thanks and nothing else. But of Latin letters nothing may be left over,
     * whatever the share: in Chinese a single character turns the meaning.
     */
    public boolean isAllOf(String text) {
        var words = normalized(text);
        if (words.codePointCount(0, words.length()) > longest
                || unless.stream().anyMatch(word -> isIn(words, normalized(word)))) {
            return false;
        }
        var covered = covered(words);
        var letters = 0;
        var thanks = 0;
        for (int place = 0; place < words.length(); ) {
            var letter = words.codePointAt(place);
            if (Character.isLetterOrDigit(letter)) {
                letters++;
                if (covered.get(place)) {
                    thanks++;
                } else if (!isLatin(letter)) {
                    return false;
                }
            }
            place += Character.charCount(letter);
        }
        var share = BigDecimal.valueOf(thanks);
        return letters > 0 && share.compareTo(threshold.multiply(BigDecimal.valueOf(letters))) >= 0;
    }

    private BitSet covered(String words) {
        var covered = new BitSet(words.length());
        for (var each : phrases) {
            var phrase = normalized(each);
            for (var at = words.indexOf(phrase); at >= 0; at = words.indexOf(phrase, at + 1)) {
                var end = at + phrase.length();
                if (isWhole(words, at, end)) {
                    covered.set(at, end);
                }
            }
        }
        return covered;
    }

    /** Also as the end of a longer word: "cannot" is not thanks, either. */
    private static boolean isIn(String words, String word) {
        for (var at = words.indexOf(word); at >= 0; at = words.indexOf(word, at + 1)) {
            if (isWordEnd(words, at + word.length())) {
                return true;
            }
        }
        return false;
    }

    /** As a word of its own, where words have spaces between them. */
    static boolean has(String words, String word) {
        for (var at = words.indexOf(word); at >= 0; at = words.indexOf(word, at + 1)) {
            if (isWhole(words, at, at + word.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWhole(String words, int begin, int end) {
        return isWordEnd(words, end)
                && (begin == 0
                        || !isLatin(words.charAt(begin))
                        || !isLatin(words.charAt(begin - 1)));
    }

    private static boolean isWordEnd(String words, int end) {
        return end == words.length()
                || !isLatin(words.charAt(end))
                || !isLatin(words.charAt(end - 1));
    }

    private static boolean isLatin(int letter) {
        return letter >= 'a' && letter <= 'z';
    }

    static String normalized(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replace('’', '\'')
                .strip();
    }
}
