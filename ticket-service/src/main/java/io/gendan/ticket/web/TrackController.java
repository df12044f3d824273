package io.gendan.ticket.web;

import io.gendan.api.Allowed;
import io.gendan.api.ProblemWriter;
import io.gendan.api.Unscoped;
import io.gendan.ticket.Tracking;
import io.gendan.ticket.Tracking.Stage;
import io.gendan.ticket.Tracking.Tracked;

import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Needs no login: the link that was sent to the customer is the right to look. */
@RestController
@Allowed
class TrackController {

    private final Tracking tracking;
    private final MessageSource words = words();

    /**
     * @param text how far it is, for people
     * @param next what comes next, for people; absent at the end
     */
    record Progress(
            String number,
            Stage stage,
            String text,
            @Nullable String next,
            @Nullable String promised,
            @Nullable Instant until,
            Instant askedAt,
            Instant updatedAt) {}

    TrackController(Tracking tracking) {
        this.tracking = tracking;
    }

    private static MessageSource words() {
        var source = new ResourceBundleMessageSource();
        source.setBasename("tracking");
        source.setDefaultEncoding(StandardCharsets.UTF_8.name());
        source.setFallbackToSystemLocale(false);
        return source;
    }

    private static String next(Tracked tracked) {
        var isAsked = tracked.stage() == Stage.SOLVED && !tracked.closesBySilence();
        return tracked.stage() + (isAsked ? ".next.asked" : ".next");
    }

    @GetMapping("/api/track/{token}")
    @Unscoped("the link is the right to look, at one ticket and at little of it")
    ResponseEntity<Progress> progress(
            @PathVariable String token,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false)
                    @Nullable String accepted) {
        var language = ProblemWriter.language(accepted);
        var tracked = tracking.track(token);
        var stage = tracked.stage().name();
        var progress =
                new Progress(
                        tracked.number(),
                        tracked.stage(),
                        words.getMessage(stage + ".text", null, language),
                        words.getMessage(next(tracked), null, null, language),
                        tracked.promised(),
                        tracked.until(),
                        tracked.askedAt(),
                        tracked.updatedAt());
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header(HttpHeaders.CONTENT_LANGUAGE, language.toLanguageTag())
                .body(progress);
    }
}
