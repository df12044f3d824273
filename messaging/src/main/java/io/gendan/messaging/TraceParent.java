package io.gendan.messaging;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The {@code traceparent} of an event, by W3C Trace Context: all that follows from one request or
 * one clock bears the same trace id, over all services.
 */
final class TraceParent {

    private static final Pattern VERSION_0 =
            Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceParent() {}

    /** A step further in the trace of the cause, or the first of a new one when it has none. */
    static String after(@Nullable String cause) {
        var of = cause == null ? null : VERSION_0.matcher(cause);
        var trace = of != null && of.matches() ? of.group(1) : digits() + digits();
        return "00-%s-%s-01".formatted(trace, digits());
    }

    /** 16 of them; never all zero, which would mean that there is none. */
    private static String digits() {
        return "%016x".formatted(ThreadLocalRandom.current().nextLong() | 1);
    }
}
