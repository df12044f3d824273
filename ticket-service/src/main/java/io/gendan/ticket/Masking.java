package io.gendan.ticket;

import io.gendan.events.TicketTexts;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/** What is told to others has its number-like strings masked: phones, ID cards, bank cards. */
final class Masking {

    /**
     * Seven digits or more, also when blanks, dots or dashes stand between; full-width ones too.
     * Possessive, because what might have to give back is tried by recursion, and a text of some
     * thousand digits is deeper than the stack.
     */
    private static final Pattern NUMBER_LIKE =
            Pattern.compile("\\+?\\p{Nd}(?:[\\s.\\-]?\\p{Nd}){6,}+[xX]?");

    private Masking() {}

    static String mask(String text) {
        return NUMBER_LIKE.matcher(text).replaceAll(found -> "*".repeat(found.group().length()));
    }

    static TicketTexts mask(String subject, @Nullable String body) {
        return new TicketTexts(mask(subject), body == null ? null : mask(body));
    }

    /** The first three and the last four digits of the national number, as phone bills show it. */
    static String phone(String e164) {
        var digits = e164.startsWith("+86") ? e164.substring(3) : e164.substring(1);
        if (digits.length() < 8) {
            return "*".repeat(digits.length());
        }
        return digits.substring(0, 3) + "****" + digits.substring(digits.length() - 4);
    }
}
