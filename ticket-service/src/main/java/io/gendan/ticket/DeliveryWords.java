package io.gendan.ticket;

import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.stereotype.Component;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What customers are told in the same words each time. */
@Component
class DeliveryWords {

    private final MessageSource words = words();

    private static MessageSource words() {
        var source = new ResourceBundleMessageSource();
        source.setBasename("deliveries");
        source.setDefaultEncoding(StandardCharsets.UTF_8.name());
        source.setFallbackToSystemLocale(false);
        return source;
    }

    /**
     * Absent for a message, which has its own.
     *
     * @param number of the ticket or the order
     */
    @Nullable String of(DeliveryKind kind, String number, Locale language) {
        return words.getMessage(kind.name(), new Object[] {number}, null, language);
    }
}
