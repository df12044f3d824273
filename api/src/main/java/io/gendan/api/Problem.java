package io.gendan.api;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A refusal that the caller is told about as RFC 9457 {@code application/problem+json}. Throw it
 * from anywhere below a controller; a fact worth a name extends it ({@code class TicketUnknown
 * extends Problem}).
 *
 * <p>The slug is the stable part: {@code type} is {@code urn:gendan:problem:<slug>}. Title and
 * detail are looked up in the message bundles {@code problems.properties} (English) and {@code
 * problems_zh_CN.properties} at the root of the service's class path, and in those of this module,
 * as {@code <slug>.title} and {@code <slug>.detail} in {@link java.text.MessageFormat} (a quote is
 * written twice); the detail gets the arguments.
 */
public class Problem extends RuntimeException {

    private final int status;
    private final String slug;
    private final List<Object> arguments;
    private final Map<String, Object> members = new LinkedHashMap<>();
    private @Nullable Duration retryAfter;

    protected Problem(int status, String slug, Object... arguments) {
        super(slug);
        this.status = status;
        this.slug = slug;
        this.arguments = List.of(arguments);
    }

    public static Problem of(int status, String slug, Object... arguments) {
        return new Problem(status, slug, arguments);
    }

    /** Not there, or not yours: the caller cannot tell which. */
    public static Problem notFound() {
        return of(404, "not-found");
    }

    /** The field that is to blame, as a JSON pointer into the body ({@code /customer/phone}). */
    public Problem at(String pointer) {
        return with("pointer", pointer);
    }

    /** An extra member of the problem, for programs. */
    public Problem with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    /** Says when to try again; whole seconds, rounded up. */
    public Problem retryAfter(Duration wait) {
        retryAfter = wait;
        return this;
    }

    /** The technical cause, for the log; never shown to the caller. */
    public Problem because(@Nullable Throwable cause) {
        if (cause != null && getCause() == null) {
            initCause(cause);
        }
        return this;
    }

    public int status() {
        return status;
    }

    public String slug() {
        return slug;
    }

    public List<Object> arguments() {
        return arguments;
    }

    public Map<String, Object> members() {
        return Collections.unmodifiableMap(members);
    }

    @Nullable Duration retryAfter() {
        return retryAfter;
    }

    @Override
    public String getMessage() {
        return status + " " + slug + (arguments.isEmpty() ? "" : " " + arguments);
    }
}
