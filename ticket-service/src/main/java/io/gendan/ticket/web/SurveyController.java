package io.gendan.ticket.web;

import io.gendan.api.Allowed;
import io.gendan.api.Answers;
import io.gendan.api.Idempotency;
import io.gendan.api.IdempotencyKey;
import io.gendan.api.Problem;
import io.gendan.events.Solved;
import io.gendan.ticket.SurveyDesk;
import io.gendan.ticket.SurveyDesk.Rating;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import java.util.Map;

/** Needs no login: the token that was sent to the customer is the right to answer, once. */
@RestController
@Allowed
class SurveyController {

    private static final int BEST = 5;
    private static final int LONGEST_TEXT = 500;

    private final SurveyDesk desk;
    private final Idempotency idempotency;
    private final Answers answers;

    record RatingRequest(@Nullable Solved solved, @Nullable Integer score, @Nullable String text) {}

    record Thanks(Solved solved, int score) {}

    SurveyController(SurveyDesk desk, Idempotency idempotency, Answers answers) {
        this.desk = desk;
        this.idempotency = idempotency;
        this.answers = answers;
    }

    @PostMapping("/api/surveys/{token}")
    ResponseEntity<String> answer(
            @PathVariable String token, @RequestBody RatingRequest request, IdempotencyKey key) {
        var solved = Given.required("/solved", request.solved());
        int score = Given.required("/score", request.score());
        if (score < 1 || score > BEST) {
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
