package io.gendan.ticket.web;

import io.gendan.api.Allowed;
import io.gendan.api.Answers;
import io.gendan.api.Idempotency;
import io.gendan.api.IdempotencyKey;
import io.gendan.api.Problem;
import io.gendan.api.Unscoped;
import io.gendan.events.Solved;
import io.gendan.ticket.SurveyDesk;
import io.gendan.ticket.SurveyDesk.Rating;
import io.gendan.ticket.SurveyState;

import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Needs no login: the link that was sent to the customer is the right to answer, once. */
@RestController
@Allowed
class SurveyController {

    private static final int WORST = 1;
    private static final int BEST = 5;
    private static final int LONGEST_TEXT = 500;
    private static final List<Solved> CHOICES = List.of(Solved.YES, Solved.PARTLY, Solved.NO);

    private final SurveyDesk desk;
    private final Idempotency idempotency;
    private final Answers answers;
    private final MessageSource words = words();

    record RatingRequest(@Nullable Solved solved, @Nullable Integer score, @Nullable String text) {}

    record Thanks(Solved solved, int score) {}

    /**
     * @param text what they are asked about or why they are not, for people
     * @param questions absent when nothing is to be answered any more
     */
    record Survey(
            @Nullable String number,
            @Nullable String orderId,
            SurveyState state,
            String text,
            @Nullable Instant until,
            @Nullable Questions questions) {}

    /**
     * What an answer consists of.
     *
     * @param text need not be answered
     */
    record Questions(SolvedQuestion solved, ScoreQuestion score, TextQuestion text) {}

    record SolvedQuestion(String text, List<Choice> choices) {}

    record Choice(Solved value, String text) {}

    record ScoreQuestion(String text, int worst, int best) {}

    record TextQuestion(String text, int longest) {}

    SurveyController(SurveyDesk desk, Idempotency idempotency, Answers answers) {
        this.desk = desk;
        this.idempotency = idempotency;
        this.answers = answers;
    }

    private static MessageSource words() {
        var source = new ResourceBundleMessageSource();
        source.setBasename("surveys");
        source.setDefaultEncoding(StandardCharsets.UTF_8.name());
        source.setFallbackToSystemLocale(false);
        return source;
    }

    @GetMapping("/api/surveys/{token}")
    @Unscoped("the link is the right to look, at one question and whether it is answered")
    ResponseEntity<Survey> survey(@PathVariable String token, Locale language) {
        var page = desk.look(token);
        var subject = page.orderId() == null ? "TICKET." : "ORDER.";
        var survey =
                new Survey(
                        page.number(),
                        page.orderId(),
                        page.state(),
                        say(language, subject + page.state(), page.about()),
                        page.until(),
                        page.state() == SurveyState.OPEN ? questions(subject, language) : null);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(survey);
    }

    private Questions questions(String subject, Locale language) {
        var choices =
                CHOICES.stream()
                        .map(value -> new Choice(value, say(language, value.name())))
                        .toList();
        return new Questions(
                new SolvedQuestion(say(language, subject + "solved"), choices),
                new ScoreQuestion(say(language, "score", WORST, BEST), WORST, BEST),
                new TextQuestion(say(language, "text"), LONGEST_TEXT));
    }

    private String say(Locale language, String key, Object... about) {
        return words.getMessage(key, about, language);
    }

    @PostMapping("/api/surveys/{token}")
    ResponseEntity<String> answer(
            @PathVariable String token, @RequestBody RatingRequest request, IdempotencyKey key) {
        var solved = Given.required("/solved", request.solved());
        int score = Given.required("/score", request.score());
        if (score < WORST || score > BEST) {
            throw Problem.of(422, "score", BEST).at("/score");
        }
        var given = request.text();
        var text =
                given == null || given.isBlank() ? null : Given.text("/text", given, LONGEST_TEXT);
        return idempotency
                .once(
                        key,
                        () -> {
                            desk.rate(token, new Rating(solved, score, text));
                            return answers.of(200, Map.of(), new Thanks(solved, score));
                        })
                .toResponse();
    }
}
